import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.js';
import { StartError } from './start-error.js';

describe('readEnvironment', () => {
  it('gives the documented defaults when nothing is set', () => {
    expect(readEnvironment({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      APP_ROLE: 'all',
      AGENT_TIMEOUT_SECONDS: 30,
      MARKET_DATA: 'simulated',
      REGISTRATION: 'open',
      PAPER_SLIPPAGE_BPS: 5,
      CORS_ORIGINS: [],
      TRUST_PROXY: 0,
      RATE_LIMIT_PER_MINUTE: 600,
      RATE_LIMIT_ANONYMOUS_PER_MINUTE: 300,
      LOGIN_FAILURES_PER_ACCOUNT: 5,
      LOGIN_FAILURES_PER_ADDRESS: 50,
      MAX_INSTANCES_PER_USER: 100,
      ALLOW_PRIVATE_API_HOSTS: false,
    });
  });

  it('treats an empty value as not set', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', DEMO: '' }).PORT).toBe(3000);
  });

  it('names every wrong setting in one error', () => {
    const wrong = { PORT: '70000', APP_ROLE: 'boss', DATABASE_URL: 'mysql://x', JWT_SECRET: 'short' };
    expect(() => readEnvironment(wrong)).toThrow(StartError);
    for (const name of Object.keys(wrong)) expect(() => readEnvironment(wrong)).toThrow(name);
  });

  it('refuses live trading, which does not exist yet', () => {
    expect(() => readEnvironment({ LIVE_TRADING: 'true' })).toThrow('LIVE_TRADING');
  });

  it('refuses a forgotten DATABASE_URL in production', () => {
    const forgotten = { NODE_ENV: 'production' };
    expect(() => readEnvironment(forgotten)).toThrow('DATABASE_URL is missing');
    expect(readEnvironment({ ...forgotten, EMBEDDED_DATABASE: 'true' }).DATABASE_URL).toBeUndefined();
    const url = 'postgresql://user:password@host/conclave';
    expect(readEnvironment({ ...forgotten, DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it('refuses private API hosts in production', () => {
    expect(() => readEnvironment({ ALLOW_PRIVATE_API_HOSTS: 'true', NODE_ENV: 'production' })).toThrow(
      'ALLOW_PRIVATE_API_HOSTS',
    );
    expect(readEnvironment({ ALLOW_PRIVATE_API_HOSTS: 'true' }).ALLOW_PRIVATE_API_HOSTS).toBe(true);
  });

  it('refuses unlimited sign-in failures in production', () => {
    for (const name of ['LOGIN_FAILURES_PER_ACCOUNT', 'LOGIN_FAILURES_PER_ADDRESS']) {
      expect(() => readEnvironment({ [name]: '0', NODE_ENV: 'production' })).toThrow(name);
      expect(readEnvironment({ [name]: '0' })).toMatchObject({ [name]: 0 });
    }
  });

  it('splits the list of origins', () => {
    expect(readEnvironment({ CORS_ORIGINS: 'https://a.example, https://b.example' }).CORS_ORIGINS).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });
});

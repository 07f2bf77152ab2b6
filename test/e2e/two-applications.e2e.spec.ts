import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigService } from '@nestjs/config';
import { CONFIG, type AppConfig } from '../../src/platform/config/app-config.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** Passport and the environment are those of the process; tokens and settings are each application's own. */
describe('two applications in one process', () => {
  let first: TestApp;
  let second: TestApp;

  beforeAll(async () => {
    first = await createTestApp();
    second = await createTestApp({ config: { jwtSecret: 'another secret of at least 32 bytes' } });
  });

  afterAll(async () => {
    await first.close();
    await second.close();
  });

  const statusOf = async (t: TestApp, token: string): Promise<number> =>
    (await t.http.get('/api/v1/auth/me').set({ Authorization: `Bearer ${token}` })).status;

  it('each know their own users, and not those of the other', async () => {
    const { token: ofFirst } = await first.signUp('user');
    const { token: ofSecond } = await second.signUp('user');
    expect([await statusOf(first, ofFirst), await statusOf(second, ofSecond)]).toEqual([200, 200]);
    expect([await statusOf(second, ofFirst), await statusOf(first, ofSecond)]).toEqual([401, 401]);
  });

  it('each have their own settings, the checked ones, which ConfigService has too', () => {
    for (const { app } of [first, second]) {
      const settings = app.get<AppConfig>(CONFIG);
      expect(app.get(ConfigService).get('app')).toBe(settings);
      expect(app.get(ConfigService).get('app.jwtSecret')).toBe(settings.jwtSecret);
      expect(app.get(ConfigService).get('PATH')).toBeUndefined();
    }
    expect(second.app.get<AppConfig>(CONFIG).jwtSecret).toBe('another secret of at least 32 bytes');
  });
});

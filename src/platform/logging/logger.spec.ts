import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

describe('the log', () => {
  it('leaves out the connection that pg attaches to its errors', () => {
    const stream = new PassThrough();
    const client = { secretKey: 1234567, connectionParameters: { user: 'conclave' } };
    const error = Object.assign(new Error('Connection terminated unexpectedly'), { client, code: '08006' });
    createLogger({ logLevel: 'info' }, stream).error({ err: error }, 'database connection');
    const line = String(stream.read());
    expect(JSON.parse(line)).toMatchObject({
      msg: 'database connection',
      err: { type: 'Error', message: 'Connection terminated unexpectedly', code: '08006' },
    });
    expect(line).not.toContain('1234567');
  });

  it('names the process in each line', () => {
    const stream = new PassThrough();
    createLogger({ logLevel: 'info', role: 'worker' }, stream).info('ready');
    const { pid, role, version } = JSON.parse(String(stream.read())) as Record<string, unknown>;
    expect({ pid, role, version }).toEqual({
      pid: process.pid,
      role: 'worker',
      version: expect.stringMatching(/^\d+\.\d+/),
    });
  });
});

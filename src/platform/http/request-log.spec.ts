import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { createLogger } from '../logging/logger.js';
import { requestLog, requestId } from './request-log.js';

describe('the log of requests', () => {
  const stream = new PassThrough();
  let server: Server;

  beforeAll(async () => {
    const app = express();
    app.use(requestId, requestLog(createLogger({ logLevel: 'debug' }, stream)), express.json());
    app.post(
      '/fine',
      (_req, res) => void res.setHeader('set-cookie', 'session=canary-cookie').json({ canary: 'answer' }),
    );
    app.post('/broken', (_req, res) => void res.status(500).end());
    for (const status of [401, 403]) {
      app.post(`/refused/${status}`, (req, res) => {
        if (status === 403) Object.assign(req, { user: { id: 'user-7', email: 'canary@example.com' } });
        res.status(status).end();
      });
    }
    app.post('/busy', (_req, res) => void res.status(503).end());
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(() => void server.close());

  const linesOf = async (path: string): Promise<string[]> => {
    stream.read();
    await request(server)
      .post(`${path}?token=canary-query`)
      .set('authorization', 'Bearer canary-token')
      .set('x-api-key', 'canary-header')
      .set('x-request-id', 'trace-7')
      .send({ password: 'canary-password' });
    return String(stream.read() ?? '')
      .trim()
      .split('\n');
  };

  it('has one line per request, with trace id, path, status and duration, and nothing else that the caller sent', async () => {
    const lines = await linesOf('/fine');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect(line).toEqual({
      level: 'debug',
      time: expect.any(String),
      pid: process.pid,
      version: expect.any(String),
      req: { trace_id: 'trace-7', method: 'POST', path: '/fine' },
      res: { status: 200 },
      responseTime: expect.any(Number),
      msg: 'POST 200',
    });
    expect(lines[0]).not.toMatch(/canary/);
  });

  it('logs a 5xx as an error, with no further details', async () => {
    const [line] = await linesOf('/broken');
    expect(JSON.parse(line!)).toMatchObject({ level: 'error', res: { status: 500 } });
    expect(line).not.toMatch(/canary/);
  });

  it.each([
    [401, null],
    [403, 'user-7'],
  ])('tells at the default level who was refused with %i, and from where', async (status, user) => {
    const lines = await linesOf(`/refused/${status}`);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', user, address: '127.0.0.1', res: { status } });
    expect(lines[0]).not.toMatch(/canary/);
  });

  it('only warns of a 503, which the program chose, without a stack', async () => {
    const lines = await linesOf('/busy');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'warn',
      time: expect.any(String),
      pid: process.pid,
      version: expect.any(String),
      req: { trace_id: 'trace-7', method: 'POST', path: '/busy' },
      res: { status: 503 },
      responseTime: expect.any(Number),
      msg: 'POST 503',
    });
  });
});

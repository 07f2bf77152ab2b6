import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Logger, Module, Param, Res, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import request from 'supertest';
import { QueryFailedError } from 'typeorm';
import { NotFound } from './app-errors.js';
import { configureHttp } from '../configure-http.js';
import { Public } from '../public-route.js';

@Controller('faults')
class FaultsController {
  @Get('defect')
  @Public()
  defect(): never {
    throw new Error('password hunter2 of table users', { cause: new TypeError('x is undefined') });
  }

  @Get('late')
  @Public()
  late(@Res({ passthrough: true }) res: Response): never {
    res.setHeader('ETag', '"v1"').setHeader('Location', '/api/v1/faults/made');
    throw new Error('after the headers');
  }

  @Get('database/:code')
  @Public()
  database(@Param('code') code: string): never {
    const named = { code, table: 'strategies', constraint: 'ck_strategies_period' };
    const inner = Object.assign(new Error('refused: hunter2'), named);
    throw new QueryFailedError('INSERT INTO strategies', ['hunter2'], inner);
  }

  @Get('things/:id')
  @Public()
  thing(@Param('id') id: string): never {
    throw new NotFound(`thing ${id}`);
  }
}

@Module({ controllers: [FaultsController] })
class FaultsModule {}

describe('the answer to an error', () => {
  const logged: string[] = [];
  const logger: LoggerService = {
    log: () => undefined,
    warn: (...parts: unknown[]) => void logged.push(parts.join(' ')),
    error: (...parts: unknown[]) => void logged.push(parts.join(' ')),
  };
  let app: NestExpressApplication;
  let http: ReturnType<typeof request>;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(FaultsModule, { logger, bodyParser: false });
    configureHttp(app, { corsOrigins: [] });
    await app.init();
    http = request(app.getHttpServer());
  });

  beforeEach(() => {
    logged.length = 0;
  });

  afterAll(async () => {
    await app.close();
    Logger.overrideLogger(false);
  });

  it('has no headers of the intended answer', async () => {
    const { status, headers } = await http.get('/api/v1/faults/late');
    expect([status, headers['etag'], headers['location']]).toEqual([500, undefined, undefined]);
  });

  it.each([
    ['23514', 500],
    ['23502', 500],
    ['23505', 409],
    ['22003', 422],
  ])('of the database (%s) names table and constraint in the log alone', async (code, status) => {
    const response = await http.get(`/api/v1/faults/database/${code}`).set('x-request-id', 'trace-8');
    expect(response.status).toBe(status);
    expect(response.text).not.toMatch(/strategies_|ck_|INSERT|hunter2/);
    expect(logged).toHaveLength(1);
    const named = `trace trace-8: SQLSTATE ${code}, table strategies, constraint ck_strategies_period`;
    expect(logged[0]).toContain(named);
    if (status < 500) expect(logged[0]).not.toContain('hunter2');
  });

  it('of an unforeseen kind gives the caller the trace id, and the log everything', async () => {
    const response = await http.get('/api/v1/faults/defect?token=abc').set('x-request-id', 'trace-7');
    expect(response.status).toBe(500);
    expect(response.body).toEqual({
      type: 'urn:conclave:problem:internal_error',
      title: 'Internal error',
      status: 500,
      detail: 'Something went wrong on the server. Report the trace_id.',
      instance: '/api/v1/faults/defect',
      code: 'internal_error',
      errors: [],
      trace_id: 'trace-7',
    });
    expect(logged.join()).toContain('trace-7');
    expect(logged.join()).toContain('hunter2');
    expect(logged.join()).toContain('Caused by: TypeError: x is undefined');
    expect(logged.join()).not.toContain('token=abc');
  });

  it('that a route raised as 404 stays a 404, and does not become a 405', async () => {
    const response = await http.get('/api/v1/faults/things/7');
    expect(response.body).toMatchObject({ status: 404, code: 'not_found', detail: 'There is no such thing 7.' });
    expect(logged).toEqual([]);
    expect((await http.post('/api/v1/faults/things/7')).status).toBe(405);
  });

  it('has no body for HEAD', async () => {
    const response = await http.head('/api/v1/faults/things/7');
    expect(response.status).toBe(404);
    expect(response.text).toBeUndefined();
  });
});

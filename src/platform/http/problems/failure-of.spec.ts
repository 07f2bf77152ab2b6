import { describe, expect, it } from '@jest/globals';
import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { Client } from 'pg';
import { QueryFailedError } from 'typeorm';
import { Conflict, InvalidContent } from './app-errors.js';
import { failureOf } from './failure-of.js';

function databaseError(code: string): QueryFailedError {
  const inner = Object.assign(new Error(`relation "users" at /srv/app.ts: ${code}`), { code });
  return new QueryFailedError('SELECT secret FROM users', [], inner);
}

describe('the answer to a failure', () => {
  it('has code, message and violations of our own errors', () => {
    const violations = [{ pointer: '/a', code: 'required', message: 'c' } as const];
    expect(failureOf(new InvalidContent('validation_failed', 'Wrong.', violations))).toEqual({
      status: 422,
      code: 'validation_failed',
      detail: 'Wrong.',
      errors: violations,
    });
    expect(failureOf(new Conflict('last_admin', 'x'))).toMatchObject({ status: 409, code: 'last_admin' });
  });

  it('has only the status of the framework’s errors', () => {
    expect(failureOf(new NotFoundException('Cannot GET /secret'))).toMatchObject({ status: 404, code: 'not_found' });
    expect(failureOf(new BadRequestException('inner text')).detail).not.toContain('inner');
    expect(failureOf(new HttpException('x', 418))).toMatchObject({ status: 418, code: 'malformed_request' });
    expect(failureOf(new HttpException('x', 502))).toMatchObject({ status: 500, code: 'internal_error' });
  });

  it.each([
    ['23505', 409, 'conflict'],
    ['23503', 409, 'conflict'],
    ['23514', 500, 'internal_error'],
    ['22001', 422, 'invalid_value'],
    ['22008', 422, 'invalid_value'],
    ['22P02', 422, 'invalid_value'],
    ['22003', 422, 'invalid_value'],
    ['22021', 422, 'invalid_value'],
    ['22P05', 422, 'invalid_value'],
    ['40P01', 503, 'database_busy'],
    ['57014', 503, 'database_busy'],
    ['57P01', 503, 'database_unavailable'],
    ['53300', 503, 'database_unavailable'],
    ['08006', 503, 'database_unavailable'],
    ['42703', 500, 'internal_error'],
    ['23502', 500, 'internal_error'],
  ])('of SQLSTATE %s is %i %s', (sqlstate, status, code) => {
    const failure = failureOf(databaseError(sqlstate));
    expect(failure).toMatchObject({ status, code });
    // A 422 says what to change.
    if (status === 422)
      expect(failure.errors).toEqual([{ pointer: '', code: expect.any(String), message: expect.any(String) }]);
    expect(JSON.stringify(failure)).not.toMatch(/users|SELECT|\.ts/);
  });

  it('is 503 when no database listens', async () => {
    const client = new Client({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 2000 });
    const error = await client.connect().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(failureOf(error)).toMatchObject({
      status: 503,
      code: 'database_unavailable',
      headers: { 'Retry-After': '5' },
    });
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    'is 503 when the driver says: %s',
    (message) => expect(failureOf(new Error(message))).toMatchObject({ status: 503, code: 'database_unavailable' }),
  );

  it.each([
    new Error('something inside'),
    new TypeError('x is undefined'),
    Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }),
    'a string',
    null,
    undefined,
  ])('is 500 without internal details for %p', (thrown) => {
    expect(failureOf(thrown)).toEqual({
      status: 500,
      code: 'internal_error',
      detail: 'Something went wrong on the server. Report the trace_id.',
      unforeseen: true,
    });
  });
});

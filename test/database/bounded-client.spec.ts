import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PgClientWithDeadline } from '../../src/platform/database/pg-client-with-deadline.js';
import { isConnectionError } from '../../src/platform/database/is-connection-error.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a connection that the server ends while nobody listens', () => {
  let database: TestDatabase;
  let client: PgClientWithDeadline;

  beforeEach(async () => {
    database = await createTestDatabase('template0');
    client = new PgClientWithDeadline({ connectionString: database.url });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await database.close();
  });

  it('does not end the process, and fails the next statement as an outage', async () => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    // Not events.once(), which would listen to errors.
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    await database.dataSource.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    const failed = await client.query('SELECT 1').catch((error: unknown) => error);
    expect(isConnectionError(failed)).toBe(true);
  });
});

import { describe } from '@jest/globals';
import { createTestDatabase } from '../../../test/support/database.js';
import { runJobQueueContract } from '../../../test/support/job-queue.contract.js';

describe('job queue on PostgreSQL', () => {
  runJobQueueContract(async () => {
    const database = await createTestDatabase('template0');
    return { store: { kind: 'postgres', url: database.url }, close: () => database.close() };
  });
});

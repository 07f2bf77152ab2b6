import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { JobQueue, type PendingJob } from '../../src/platform/queue/job-queue.js';
import { ChunkStore } from '../../src/scheduler/chunks/chunk.store.js';
import { StalledWorkRecovery } from '../../src/scheduler/planner/stalled-work-recovery.js';
import { RunStore } from '../../src/scheduler/runs/run.store.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';

/** The queue is there and nobody works on it, unless a test does. */
describe('work that was lost', () => {
  let engine: TestEngine;
  let queue: JobQueue;
  let runId: string;

  beforeEach(async () => {
    engine = await createTestEngine({ config: { chunkSize: 2 } });
    queue = engine.app.get(JobQueue);
    await queue.ready();
    await engine.addInstances(4);
    [runId] = (await engine.planner.planDue()) as [string];
  });

  afterEach(() => engine.close());

  async function pending(): Promise<string[]> {
    const text = ({ name, data, active }: PendingJob): string =>
      [name, data['chunk_index'] ?? '', active ? 'taken' : ''].join(' ').trim();
    return (await queue.pending()).map(text).sort();
  }

  async function rescueAfter(ms: number): Promise<void> {
    engine.clock.advance(ms);
    await engine.app.get(StalledWorkRecovery).rescue();
  }

  it('queues a run whose job never got into the queue, once', async () => {
    await rescueAfter(0);
    expect(await pending()).toEqual([]);
    await rescueAfter(5000);
    await rescueAfter(0);
    await rescueAfter(5000);
    await rescueAfter(5000);
    expect(await pending()).toEqual(['run']);
  });

  it('looks for sessions in which a worker has stopped in the middle of a statement', async () => {
    const asked = jest.spyOn(engine.app.get(DataSource), 'query');
    await rescueAfter(0);
    expect(asked.mock.calls.map(([sql]) => sql)).toContainEqual(expect.stringContaining('pg_terminate_backend'));
    asked.mockRestore();
  });

  it('leaves a run to the worker that has it, until its lease runs out', async () => {
    const claim = await engine.app
      .get(RunStore)
      .claimForAnalysis(runId, engine.clock.now(), new Date(engine.clock.now().getTime() + 15_000));
    await rescueAfter(5000);
    await rescueAfter(5000);
    expect(await pending()).toEqual([]);
    await engine.app.get(RunStore).renew(claim!, new Date(engine.clock.now().getTime() + 15_000));
    await rescueAfter(10_000);
    expect(await pending()).toEqual([]);
    await rescueAfter(5000);
    expect(await pending()).toEqual(['run']);
  });

  it('queues the chunks that nobody has, and not those that somebody works on', async () => {
    expect(await engine.runs.handle(runId)).toEqual([0, 1]);
    const runner = engine.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await engine.app.get(ChunkStore).lock(runner.manager, runId, 0);
    await rescueAfter(5000);
    expect(await pending()).toEqual(['chunk 1']);
    await runner.rollbackTransaction();
    await runner.release();
    await rescueAfter(5000);
    expect(await pending()).toEqual(['chunk 0', 'chunk 1']);
    await engine.chunks.handle(runId, 0);
    await rescueAfter(5000);
    expect(await pending()).toEqual(['chunk 0', 'chunk 1']);
  });

  it('queues a chunk again whose worker died with the job in its hands, whatever the queue believes of it', async () => {
    await engine.runs.handle(runId);
    await engine.chunks.handle(runId, 1);
    let release: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      // It has taken the job and does nothing: for the database that is a worker that is gone.
      queue.process(
        () =>
          new Promise((end) => {
            release = end;
            resolve();
          }),
        1,
      );
    });
    await rescueAfter(5000);
    await taken;
    await rescueAfter(5000);
    expect(await pending()).toEqual(['chunk 0 taken']);
    await rescueAfter(5000);
    expect(await pending()).toEqual(['chunk 0', 'chunk 0 taken']);
    await rescueAfter(5000);
    expect(await pending()).toEqual(['chunk 0', 'chunk 0 taken']);
    const drained = queue.drain();
    release();
    await drained;
  });
});

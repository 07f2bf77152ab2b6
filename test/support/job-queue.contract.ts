import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { JobQueue, type QueueStore } from '../../src/platform/queue/job-queue.js';

/** What the job queue must hold, wherever it lives. */
export function runJobQueueContract(open: () => Promise<{ store: QueueStore; close: () => Promise<void> }>): void {
  describe('as a job queue', () => {
    let place: Awaited<ReturnType<typeof open>>;
    let queue: JobQueue;
    const errors: Error[] = [];

    beforeAll(async () => {
      place = await open();
      queue = new JobQueue(place.store, (error) => errors.push(error));
      await queue.ready();
    });

    afterEach(() => queue.drain());

    afterAll(async () => {
      await queue.close();
      await place.close();
    });

    /** Takes jobs until `count` have been handled. */
    function handle(count: number, work: (name: string) => Promise<void> = async () => undefined): Promise<unknown[]> {
      const seen: unknown[] = [];
      return new Promise((resolve) => {
        queue.process(async (name, data) => {
          await work(name);
          seen.push(data);
          if (seen.length === count) resolve(seen);
        }, 1);
      });
    }

    it('hands a job over with its data', async () => {
      await queue.add('run', { run_id: 'a' }, 'run-a');
      expect(await handle(1)).toEqual([{ run_id: 'a' }]);
    });

    it('takes the same id twice for one job', async () => {
      await queue.add('run', { n: 1 }, 'run-same');
      await queue.add('run', { n: 2 }, 'run-same');
      await queue.add('run', { n: 3 }, 'run-other');
      expect(await handle(2)).toEqual([{ n: 1 }, { n: 3 }]);
    });

    it('takes an id again once its job is done', async () => {
      await queue.add('run', { n: 1 }, 'run-again');
      await handle(1);
      await queue.drain();
      await queue.add('run', { n: 2 }, 'run-again');
      expect(await handle(1)).toEqual([{ n: 2 }]);
    });

    it('reports a failed job and forgets it, so that it can be added again at once', async () => {
      let fail: () => void;
      const failed = new Promise<void>((resolve) => (fail = resolve));
      await queue.add('run', { n: 1 }, 'run-fails');
      queue.process(async () => {
        fail();
        throw new Error('not this time');
      }, 1);
      await failed;
      await queue.drain();
      expect(errors.map((error) => error.message)).toContain('Job run run-fails failed: not this time');
      expect(await queue.pending()).toEqual([]);
      await queue.add('run', { n: 2 }, 'run-fails');
      expect(await handle(1)).toEqual([{ n: 2 }]);
    });

    it('tells what waits and what is being worked on', async () => {
      let release: () => void = () => undefined;
      const taken = new Promise<void>((resolve) => {
        queue.process(
          () =>
            new Promise((end) => {
              release = end;
              resolve();
            }),
          1,
        );
      });
      await queue.add('run', { n: 1 }, 'run-taken');
      await taken;
      await queue.add('chunk', { n: 2 }, 'chunk-waits');
      expect(await queue.pending()).toEqual([
        { name: 'chunk', data: { n: 2 }, active: false },
        { name: 'run', data: { n: 1 }, active: true },
      ]);
      const drained = queue.drain();
      release();
      await drained;
      expect(await handle(1)).toEqual([{ n: 2 }]);
    });

    it('waits for running jobs when it drains', async () => {
      let ended = false;
      let started: () => void;
      const running = new Promise<void>((resolve) => (started = resolve));
      queue.process(async () => {
        started();
        await new Promise((resolve) => setTimeout(resolve, 50));
        ended = true;
      }, 1);
      await queue.add('run', {}, 'run-slow');
      await running;
      await queue.drain();
      expect(ended).toBe(true);
    });

    it('gives up jobs that do not end in time when it drains', async () => {
      let started: () => void;
      const running = new Promise<void>((resolve) => (started = resolve));
      let release: () => void = () => undefined;
      queue.process(
        () =>
          new Promise((resolve) => {
            release = resolve;
            started();
          }),
        1,
      );
      await queue.add('run', {}, 'run-hangs');
      await running;
      expect(await queue.drain(50)).toBe(false);
      release();
      // The worker goes on closing by itself; the next test file must not meet it.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
  });
}

import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '../platform/http/problems/app-errors.js';
import { PasswordQueue, type PasswordCaller } from './password-queue.js';

type Lane = PasswordCaller['lane'];

/** A queue whose work ends when the test says so. */
function queueOf(atOnce: number) {
  const queue = new PasswordQueue(atOnce);
  const started: string[] = [];
  const refused: string[] = [];
  const running: (() => void)[] = [];
  return {
    queue,
    started,
    refused,
    running,
    ask(lane: Lane, key: string, times = 1): void {
      for (let time = 0; time < times; time++) {
        const work = (): Promise<void> => {
          started.push(key);
          return new Promise((done) => running.push(done));
        };
        queue.run({ lane, key }, work).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Unavailable);
          refused.push(key);
        });
      }
    },
    async end(times: number): Promise<void> {
      for (let time = 0; time < times; time++) {
        running.shift()!();
        await settled();
      }
    },
  };
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('the queue for password work', () => {
  it('does as many at once as it may, and the next when one has ended', async () => {
    const { ask, end, started, running } = queueOf(2);
    ask('sign_in', 'a', 5);
    expect(started).toHaveLength(2);
    await end(1);
    expect([started.length, running.length]).toEqual([3, 2]);
    await end(4);
    expect(started).toHaveLength(5);
  });

  it('serves its lanes in turn, so that a burst of registrations delays a sign-in by one', async () => {
    const { ask, end, started } = queueOf(1);
    for (let address = 0; address < 50; address++) ask('registration', `new ${address}`);
    ask('sign_in', 'honest');
    ask('known', 'device');
    await end(3);
    expect(started.slice(0, 4).sort()).toEqual(['device', 'honest', 'new 0', 'new 1']);
  });

  it('serves the callers of a lane in turn', async () => {
    const { ask, end, started } = queueOf(1);
    ask('sign_in', 'many', 9);
    ask('sign_in', 'few', 2);
    await end(5);
    expect(started).toEqual(['many', 'many', 'few', 'many', 'few', 'many']);
  });

  it('keeps ten of a caller waiting, and a hundred of a lane', async () => {
    const { ask, refused } = queueOf(1);
    ask('registration', 'first');
    ask('registration', 'one', 12);
    await settled();
    expect(refused).toEqual(['one', 'one']);
    for (let caller = 0; caller < 90; caller++) ask('registration', `single ${caller}`);
    await settled();
    expect(refused).toHaveLength(2);
    ask('sign_in', 'another lane');
    await settled();
    expect(refused).toHaveLength(2);
  });

  it('when a lane is full makes room for a caller with fewer, at the cost of the one with most', async () => {
    const { ask, refused } = queueOf(1);
    ask('sign_in', 'first');
    for (let caller = 0; caller < 10; caller++) ask('sign_in', `greedy ${caller}`, 10);
    await settled();
    expect(refused).toEqual([]);
    ask('sign_in', 'honest');
    await settled();
    expect(refused).toEqual(['greedy 0']);
    ask('sign_in', 'greedy 0', 1);
    await settled();
    expect(refused).toEqual(['greedy 0', 'greedy 0']);
  });

  it('goes on after work that failed', async () => {
    const queue = new PasswordQueue(1);
    const caller = { lane: 'known', key: 'a' } as const;
    const fails = queue.run(caller, () => Promise.reject(new Error('broken')));
    const works = queue.run(caller, () => Promise.resolve(7));
    await expect(fails).rejects.toThrow('broken');
    await expect(works).resolves.toBe(7);
  });
});

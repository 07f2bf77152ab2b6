import { describe, expect, it } from '@jest/globals';
import { runWithin } from './run-with-timeout.js';

/** Long enough for any work that ends, even on a busy machine. */
const AMPLE_MS = 10_000;

describe('work under a watchdog', () => {
  it('takes effect and returns true when it ends in time', () => {
    let done = 0;
    expect(runWithin(AMPLE_MS, () => (done += 1))).toBe(true);
    expect(done).toBe(1);
  });

  it.each<[string, () => void]>([
    [
      'in a busy loop',
      () => {
        for (;;);
      },
    ],
    [
      'in a loop that catches everything',
      () => {
        for (;;) {
          try {
            for (;;);
          } catch {
            continue;
          }
        }
      },
    ],
    ['in a regular expression', () => void /^(a+)+$/.test(`${'a'.repeat(50)}b`)],
    ['in a wait', () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)],
    [
      'in a generator',
      () => {
        const numbers = (function* () {
          for (;;) yield 1;
        })();
        for (const _ of numbers);
      },
    ],
  ])('is cut off %s', (_where, work) => {
    expect(runWithin(20, work)).toBe(false);
    // The watchdog works again afterwards.
    expect(runWithin(AMPLE_MS, () => undefined)).toBe(true);
  });

  it.each([new Error('broken'), null])('rethrows its error: %p', (error) => {
    let thrown: unknown = 'nothing';
    try {
      runWithin(AMPLE_MS, () => {
        throw error;
      });
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown).toBe(error);
  });
});

import { isConnectionError } from '../../platform/database/is-connection-error.js';

/** Instances of one transaction. */
export const BATCH_SIZE = 500;

/**
 * Works through instances in batches. A batch that fails is retried in halves, down to the single instances that fail: these
 * go to `failed`, and the others are done.
 *
 * @param next the ids after the given one, ascending, at most {@link BATCH_SIZE}.
 * @param work must be atomic: all of its ids or none.
 * @throws connection errors of the database, without a retry, and errors of `failed`.
 */
export async function inBatches<Done>(
  next: (after: string | null) => Promise<readonly string[]>,
  work: (ids: readonly string[]) => Promise<readonly Done[]>,
  failed: (id: string, error: Error) => Promise<void>,
): Promise<Done[]> {
  const done: Done[] = [];
  for (let after: string | null = null; ;) {
    const ids = await next(after);
    if (ids.length > 0) done.push(...(await contained(ids, work, failed)));
    if (ids.length < BATCH_SIZE) return done;
    after = ids.at(-1)!;
  }
}

async function contained<Done>(
  ids: readonly string[],
  work: (ids: readonly string[]) => Promise<readonly Done[]>,
  failed: (id: string, error: Error) => Promise<void>,
): Promise<readonly Done[]> {
  try {
    return await work(ids);
  } catch (error) {
    if (isConnectionError(error)) throw error;
    if (ids.length === 1) {
      await failed(ids[0]!, error as Error);
      return [];
    }
  }
  const half = Math.ceil(ids.length / 2);
  const first = await contained(ids.slice(0, half), work, failed);
  return [...first, ...(await contained(ids.slice(half), work, failed))];
}

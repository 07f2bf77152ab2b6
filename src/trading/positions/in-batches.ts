import { isConnectionError } from '../../platform/database/is-connection-error.js';

/** Instances that one transaction keeps. */
export const BATCH_SIZE = 500;

/**
 * Does work for instances in portions. Where a portion fails, it is tried again in halves, down to the instances that fail
 * by themselves: these are told, and the others are done.
 *
 * @param next the following ids after one, in their order, {@link BATCH_SIZE} at most; none is handed out twice.
 * @param work all or nothing for the ids that it gets.
 * @throws what the database throws when it is away, and what `failed` throws.
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

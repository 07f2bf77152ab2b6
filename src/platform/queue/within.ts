/**
 * @returns the result of the work.
 * @throws TookTooLong after `limitMs`; the work continues, and its result is ignored.
 */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`no answer for ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

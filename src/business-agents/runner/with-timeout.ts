/** The work was not done in time; its result is not waited for. */
export class TimedOut extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds / 1000} s.`);
    this.name = 'TimedOut';
  }
}

/** In so many steps a time is counted. */
const STEPS = 30;

/**
 * The result of `work`, or a rejection with {@link TimedOut}. Leaves no timer behind. The time is counted in steps, so that a
 * process that was stopped or had no time for its timers condemns nobody: however long it was away, that is one step.
 */
export async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    let steps = 0;
    timer = setInterval(() => {
      steps += 1;
      if (steps === STEPS) reject(new TimedOut(milliseconds));
    }, milliseconds / STEPS);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearInterval(timer);
  }
}

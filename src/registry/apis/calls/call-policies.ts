import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { ApiFailure } from './api-call.js';

const FAILURES_TO_OPEN = 5;
/** How long an open circuit refuses calls; then one request is tried. */
const OPEN_MS = 15_000;
/** Attempts of a read, the first included. */
const MOST_ATTEMPTS = 3;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 2000;

/** Policies around the attempts of a call: retries with jitter, and one circuit breaker per API. */
export class CallPolicies {
  private readonly breakers = new Map<string, CircuitBreakerPolicy>();
  /** Last failure of each API: the reason of an open circuit. */
  private readonly lastOutages = new Map<string, ApiFailure>();

  /**
   * Retries until there is an answer, a failure that a retry cannot fix, or no time left.
   * @param repeatable false: one attempt, because a second one might act twice.
   * @param deadline on the monotonic clock, ms: a failure after it is not retried.
   * @throws ApiFailure, or another error of an attempt.
   */
  async run<T>(
    apiName: string,
    { repeatable, deadline }: { readonly repeatable: boolean; readonly deadline: number },
    attempt: () => Promise<T>,
  ): Promise<T> {
    const breaker = this.breakerOf(apiName);
    const guarded = (): Promise<T> =>
      breaker.execute(() =>
        attempt().catch((error: unknown) => {
          if (isConnectionError(error)) this.lastOutages.set(apiName, error);
          throw error;
        }),
      );
    try {
      if (!repeatable) return await guarded();
      const mayHelp = (error: Error): boolean =>
        error instanceof ApiFailure && error.isTransient && performance.now() < deadline;
      // The delays have decorrelated jitter, so that replicas do not retry in step.
      const backoff = new ExponentialBackoff({ initialDelay: FIRST_BACKOFF_MS, maxDelay: LONGEST_BACKOFF_MS });
      return await retry(handleWhen(mayHelp), { maxAttempts: MOST_ATTEMPTS - 1, backoff }).execute(guarded);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const last = this.lastOutages.get(apiName)!.reason;
      const seconds = OPEN_MS / 1000;
      const message = `it failed ${FAILURES_TO_OPEN} times in a row and is left alone for ${seconds} s. The last time: ${last}`;
      throw new ApiFailure(apiName, 'circuit_open', message);
    }
  }

  private breakerOf(apiName: string): CircuitBreakerPolicy {
    const known = this.breakers.get(apiName);
    if (known) return known;
    const breaker = circuitBreaker(handleWhen(isConnectionError), {
      halfOpenAfter: OPEN_MS,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    });
    this.breakers.set(apiName, breaker);
    return breaker;
  }
}

/** Failures that count for the circuit. A refused request says nothing about the next one. */
function isConnectionError(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && error.isConnectionError && error.isTheApis;
}

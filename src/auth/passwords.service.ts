import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify, type Algorithm } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { Unavailable } from '../platform/http/problems/app-errors.js';

/** argon2id as OWASP recommends: 19 MiB, two passes, one lane. */
export const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * Number of hashes at once. Each takes 19 MiB, a core, and a thread of the pool that also reads files and resolves
 * names. So at most four, and one core fewer than there are: many sign-ins do not slow the other requests.
 */
export function checksAtOnce(cores: number): number {
  return Math.max(1, Math.min(4, cores - 1));
}
/** A queue of some seconds; further calls are refused. */
const MOST_WAITING = 100;
/**
 * A hash with the same parameters of a password that nobody knows. It is checked for an unknown user, so that the
 * answer takes as long.
 */
export const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$O2AkrcjdId/GIZpuEODsPQ$geH3122w7FfFxdu6rQ9yxR2VmM5uHnU/XKPoYlhB0Xs';

/** Hashes and checks passwords, at most {@link checksAtOnce} at a time in this process. */
@Injectable()
export class PasswordsService {
  private readonly limit = pLimit(checksAtOnce(availableParallelism()));

  /**
   * The hash of a password in PHC format, with a fresh salt. The whole password counts, whatever its length.
   * @throws Unavailable (503 `busy`) when a hundred calls are waiting.
   */
  hash(password: string): Promise<string> {
    // 2 is argon2id: a const enum of a library has no value at run time.
    return this.inTurn(() => hash(normalised(password), { ...PARAMETERS, algorithm: 2 satisfies Algorithm.Argon2id }));
  }

  /**
   * Whether the password is the one of this hash. `null` (no such user) gives false after the same work.
   * @throws Unavailable (503 `busy`) when a hundred calls are waiting.
   */
  async matches(storedHash: string | null, password: string): Promise<boolean> {
    const right = await this.inTurn(() => verify(storedHash ?? DECOY, normalised(password)));
    return right && storedHash !== null;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= MOST_WAITING) {
      return Promise.reject(new Unavailable('busy', 'Too many sign-ins at once. Try again in a moment.'));
    }
    return this.limit(work);
  }
}

/** The same characters typed on two machines can differ in their bytes (é as one or two code points). */
function normalised(password: string): string {
  return password.normalize('NFC');
}

import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { DataSource } from 'typeorm';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { TooManyRequests, Unavailable } from '../platform/http/problems/app-errors.js';
import { Counter, type Count } from '../platform/rate-limit/counter.js';
import { AuditLogService } from './audit-log/audit-log.service.js';

const ACCOUNT_WINDOW_SECONDS = 15 * 60;
const ADDRESS_WINDOW_SECONDS = 60 * 60;
/** Attempts on one account that may wait for the current one. */
const MOST_WAITING = 20;

export interface Attempt {
  /** Normalised. The account need not exist. */
  readonly email: string;
  readonly address: string;
  readonly trace_id: string;
}

/**
 * Limits the guessing of passwords. By default an account may have 5 failures in 15 minutes, and an address 50 in an
 * hour, counted by all replicas together. A window begins with its first failure; refused attempts do not extend it.
 */
@Injectable()
export class AttemptLimits {
  private readonly accounts: Counter | null;
  private readonly addresses: Counter | null;
  private readonly refreshes: Counter | null;
  private readonly turns = new Map<string, LimitFunction>();

  constructor(
    private readonly auditLog: AuditLogService,
    database: DataSource,
    @Inject(CONFIG) config: AppConfig,
  ) {
    const counter = (name: string, points: number, windowSeconds: number): Counter | null =>
      points === 0 ? null : new Counter(database, { name, points, windowSeconds });
    this.accounts = counter('failures:account', config.loginFailuresPerAccount, ACCOUNT_WINDOW_SECONDS);
    this.addresses = counter('failures:address', config.loginFailuresPerAddress, ADDRESS_WINDOW_SECONDS);
    this.refreshes = counter('failures:refresh', config.loginFailuresPerAddress, ADDRESS_WINDOW_SECONDS);
  }

  /**
   * Checks a password. The attempt is counted before the check and taken back when the password was right: counted
   * afterwards, a hundred at once would all pass. Attempts on one account take turns in this process, so that several
   * sign-ins at once with the right password do not look like failures.
   * @param check returns null for a wrong password. Not called after too many failures.
   * @throws TooManyRequests (429 `too_many_attempts`); Unavailable (503 `busy`); an error of `check`, which is no
   *   failure.
   */
  async attempt<T>(attempt: Attempt, check: () => Promise<T | null>): Promise<T | null> {
    // Hashed, because an address can be longer than a key of the counter.
    const account = createHash('sha256').update(attempt.email).digest('hex');
    return this.inTurn(account, async () => {
      await this.count(attempt, account);
      let right: T | null;
      try {
        right = await check();
      } catch (error) {
        await Promise.all([this.accounts?.takeBack(account), this.addresses?.takeBack(attempt.address)]);
        throw error;
      }
      if (right !== null) await Promise.all([this.accounts?.clear(account), this.addresses?.takeBack(attempt.address)]);
      return right;
    });
  }

  /**
   * Counts a refresh token that was invalid. A valid one is never limited: it cannot be guessed, and another user's
   * broken program behind the same address must not sign anybody out.
   * @throws TooManyRequests (429 `too_many_attempts`) above the limit of the address.
   */
  async refreshFailed(attempt: Omit<Attempt, 'email'>): Promise<void> {
    const count = await this.refreshes?.add(attempt.address);
    await this.refuseAbove(this.refreshes, count, attempt);
  }

  private async count(attempt: Attempt, account: string): Promise<void> {
    // The address first: a blocked address must not be able to block accounts.
    const ofAddress = await this.addresses?.add(attempt.address);
    await this.refuseAbove(this.addresses, ofAddress, attempt);
    const ofAccount = await this.accounts?.add(account);
    try {
      await this.refuseAbove(this.accounts, ofAccount, attempt);
    } catch (error) {
      // No password was tried.
      await this.addresses?.takeBack(attempt.address);
      throw error;
    }
  }

  private async refuseAbove(
    counter: Counter | null,
    count: Count | undefined,
    attempt: Partial<Attempt>,
  ): Promise<void> {
    if (!counter || !count || count.points <= counter.limit) return;
    // Once per window: the log must not grow with every attempt of an attacker.
    if (count.points === counter.limit + 1) await this.recordBlocked(attempt);
    // The same message for account and address, known or not.
    const message = 'Too many failed attempts. Try again after the time in Retry-After.';
    throw new TooManyRequests('too_many_attempts', message, count.msLeft / 1000);
  }

  private recordBlocked({ email, address, trace_id }: Partial<Attempt>): Promise<void> {
    return this.auditLog.record({
      actor: null,
      action: 'session.blocked',
      target_type: 'user',
      target_id: 'unknown',
      after: { ...(email === undefined ? {} : { email }), address },
      ...(trace_id === undefined ? {} : { trace_id }),
    });
  }

  private async inTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
    if (!this.accounts) return work();
    const turn = this.turns.get(account) ?? pLimit(1);
    this.turns.set(account, turn);
    if (turn.pendingCount >= MOST_WAITING) {
      throw new Unavailable('busy', 'Too many sign-ins at once. Try again in a moment.');
    }
    try {
      return await turn(work);
    } finally {
      if (turn.activeCount === 0 && turn.pendingCount === 0) this.turns.delete(account);
    }
  }
}

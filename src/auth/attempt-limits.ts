import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { DataSource } from 'typeorm';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { TooManyRequests, Unavailable } from '../platform/http/problems/app-errors.js';
import { Counter, type Count } from '../platform/rate-limit/counter.js';
import { AuditLogService } from './audit-log/audit-log.service.js';

const QUARTER_SECONDS = 15 * 60;
const HOUR_SECONDS = 60 * 60;
/** An account is slowed down above this many times what one address may fail. */
const SLOWED_ABOVE_TIMES = 20;
/** The delay begins with one second and grows by one with this many further failures. */
const FAILURES_PER_SECOND = 20;
const LONGEST_DELAY_SECONDS = 8;
/** Attempts on one account from one address or device that may wait for the current one. */
const MOST_WAITING = 20;

export interface Attempt {
  /** Normalised. The account need not exist. */
  readonly email: string;
  /** As `clientAddress` has it: an IPv4 address, or an IPv6 network of 64 bits. */
  readonly address: string;
  /** Device or session that proved the password of this account before; null: unknown. */
  readonly device: string | null;
  readonly trace_id: string;
}

/** A counter and the key that an attempt adds to. */
type Counted = readonly [Counter, string];

/** What an attempt adds to before its password is checked. */
interface Budget {
  /** Attempts of one budget take turns. */
  readonly key: string;
  /** All failures of the address; null for a known device. */
  readonly address: Counted | null;
  /** Failures of this address, or device, for this account. */
  readonly own: Counted | null;
  /** All failures of the account from unknown devices: above the limit an attempt is delayed, never refused. */
  readonly account: Counted | null;
}

/**
 * Limits the guessing of passwords, with counts that all replicas share. By default an address may have 5 failures for an
 * account in 15 minutes and 50 in all in an hour; then it is refused, whatever the password. An account is never locked,
 * because anybody could lock its owner out: above 100 failures in an hour each attempt is delayed by some seconds. A
 * device that signed in to the account before has its own budget and is not delayed, so attackers behind the same address
 * cannot use it up (OWASP: "Slow Down Online Guessing Attacks with Device Cookies"). A window begins with its first
 * failure; refused attempts do not extend it.
 */
@Injectable()
export class AttemptLimits {
  private readonly pairs: Counter | null;
  private readonly devices: Counter | null;
  private readonly accounts: Counter | null;
  private readonly addresses: Counter | null;
  private readonly refreshes: Counter | null;
  private readonly registrations: Counter | null;
  private readonly turns = new Map<string, LimitFunction>();

  constructor(
    private readonly auditLog: AuditLogService,
    database: DataSource,
    @Inject(CONFIG) config: AppConfig,
  ) {
    const counter = (name: string, points: number, windowSeconds: number): Counter | null =>
      points === 0 ? null : new Counter(database, { name, points, windowSeconds });
    const { loginFailuresPerAccount: perAccount, loginFailuresPerAddress: perAddress } = config;
    this.pairs = counter('failures:account-address', perAccount, QUARTER_SECONDS);
    this.devices = counter('failures:device', perAccount, QUARTER_SECONDS);
    this.accounts = counter('failures:account', perAccount * SLOWED_ABOVE_TIMES, HOUR_SECONDS);
    this.addresses = counter('failures:address', perAddress, HOUR_SECONDS);
    this.refreshes = counter('failures:refresh', perAddress, HOUR_SECONDS);
    this.registrations = counter('registrations:address', config.registrationsPerAddress, HOUR_SECONDS);
  }

  /**
   * Checks a password. The attempt is counted before the check and taken back when the password was right: counted
   * afterwards, a hundred at once would all pass. Attempts of one budget take turns in this process, so that several
   * sign-ins at once with the right password do not look like failures.
   * @param check returns null for a wrong password. Not called after too many failures.
   * @throws TooManyRequests (429 `too_many_attempts`); Unavailable (503 `busy`); an error of `check`, which is no
   *   failure.
   */
  async attempt<T>(attempt: Attempt, check: () => Promise<T | null>): Promise<T | null> {
    const budget = this.budgetOf(attempt);
    return this.inTurn(budget.key, async () => {
      await this.count(budget, attempt);
      let right: T | null;
      try {
        right = await check();
      } catch (error) {
        await Promise.all([budget.address, budget.own, budget.account].map(takeBack));
        throw error;
      }
      if (right !== null) {
        const forgotten = budget.own?.[0].clear(budget.own[1]);
        await Promise.all([forgotten, takeBack(budget.address), takeBack(budget.account)]);
      }
      return right;
    });
  }

  /**
   * Counts a refresh token that was invalid. A valid one is never limited: it cannot be guessed, and another user's
   * broken program behind the same address must not sign anybody out.
   * @throws TooManyRequests (429 `too_many_attempts`) above the limit of the address.
   */
  async refreshFailed(attempt: Pick<Attempt, 'address' | 'trace_id'>): Promise<void> {
    const count = await this.refreshes?.add(attempt.address);
    if (this.refreshes && count) await this.refuseAbove(this.refreshes, count, attempt);
  }

  /**
   * Counts a registration, whatever comes of it: each costs a hash, and tells whether an e-mail address is taken.
   * @throws TooManyRequests (429 `too_many_registrations`) from the 21st of an address in an hour on.
   */
  async registration({ address }: Pick<Attempt, 'address'>): Promise<void> {
    const count = await this.registrations?.add(address);
    if (!this.registrations || !count || count.points <= this.registrations.limit) return;
    const message =
      'Too many registrations from this address. Try again after the time in Retry-After, or ask an administrator.';
    throw new TooManyRequests('too_many_registrations', message, count.msLeft / 1000);
  }

  /** Forgets the failures of an account, of all addresses: it has a new password. */
  async forget(email: string): Promise<void> {
    const account = hashOf(email);
    await this.pairs?.clearAll(`${account}:`);
    await this.accounts?.clear(account);
  }

  /** A test has no time for it. */
  delay(seconds: number): Promise<void> {
    return sleep(seconds * 1000);
  }

  private budgetOf({ email, address, device }: Attempt): Budget {
    if (device !== null) return { key: device, address: null, own: counted(this.devices, device), account: null };
    const account = hashOf(email);
    const pair = `${account}:${address}`;
    return {
      key: pair,
      address: counted(this.addresses, address),
      own: counted(this.pairs, pair),
      account: counted(this.accounts, account),
    };
  }

  private async count(budget: Budget, attempt: Attempt): Promise<void> {
    // The address first: a blocked address adds nothing to an account.
    await this.addTo(budget.address, attempt);
    try {
      await this.addTo(budget.own, attempt);
    } catch (error) {
      // No password was tried.
      await takeBack(budget.address);
      throw error;
    }
    if (!budget.account) return;
    const [counter, account] = budget.account;
    const seconds = delaySeconds((await counter.add(account)).points, counter.limit);
    if (seconds > 0) await this.delay(seconds);
  }

  private async addTo(entry: Counted | null, attempt: Attempt): Promise<void> {
    if (entry) await this.refuseAbove(entry[0], await entry[0].add(entry[1]), attempt);
  }

  private async refuseAbove(counter: Counter, count: Count, attempt: Partial<Attempt>): Promise<void> {
    if (count.points <= counter.limit) return;
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

  private async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (!this.pairs) return work();
    const turn = this.turns.get(key) ?? pLimit(1);
    this.turns.set(key, turn);
    if (turn.pendingCount >= MOST_WAITING) {
      throw new Unavailable('busy', 'Too many sign-ins at once. Try again in a moment.');
    }
    try {
      return await turn(work);
    } finally {
      if (turn.activeCount === 0 && turn.pendingCount === 0) this.turns.delete(key);
    }
  }
}

function counted(counter: Counter | null, key: string): Counted | null {
  return counter && [counter, key];
}

async function takeBack(entry: Counted | null): Promise<void> {
  await entry?.[0].takeBack(entry[1]);
}

/** How long an attempt on an account waits that failed so often in an hour; 0 up to the limit. */
export function delaySeconds(failures: number, limit: number): number {
  if (failures <= limit) return 0;
  return Math.min(LONGEST_DELAY_SECONDS, 1 + Math.floor((failures - limit - 1) / FAILURES_PER_SECOND));
}

/** An address can be longer than a key of the counter. */
function hashOf(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}

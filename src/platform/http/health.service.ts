import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Unavailable } from './app-errors.js';

/** A database that takes longer than this for a trifle cannot serve requests. */
const READY_WITHIN_MS = 2000;
/** What was found is the answer for so long: anybody may ask, and must not take the database from those who are signed in. */
const FRESH_FOR_MS = 1000;

@Injectable()
export class HealthService {
  /** True from the signal to end on: requests are answered still, but whoever spreads them should send no more. */
  stopping = false;
  private last: { readonly at: number; readonly pending: Promise<number> } | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Returns when the database answers within 2 s and has every migration that this build knows. Looks at the database once a
   * second at most, however many ask.
   * @throws Unavailable (503) `stopping`, `database_unavailable` or `migrations_pending`.
   */
  async checkReady(): Promise<void> {
    if (this.stopping) throw new Unavailable('stopping', 'This process is about to end. Ask another one.');
    const pending = await this.withinTime(this.found());
    if (pending > 0) {
      throw new Unavailable('migrations_pending', `${pending} migrations have not run. Run: npm run migrate`);
    }
  }

  /** A look that failed is not kept; one that is under way is everybody's. */
  private found(): Promise<number> {
    const now = performance.now();
    if (this.last && now - this.last.at < FRESH_FOR_MS) return this.last.pending;
    const look = { at: now, pending: this.pendingMigrations() };
    this.last = look;
    look.pending.catch(() => {
      if (this.last === look) this.last = null;
    });
    return look.pending;
  }

  private async pendingMigrations(): Promise<number> {
    const known = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const table = this.dataSource.driver.escape(this.dataSource.options.migrationsTableName ?? 'migrations');
    const [found] = await this.dataSource.query<{ there: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS there', [
      table,
    ]);
    // Another database than ours, or one that was just made.
    if (!found?.there) return known.length;
    const rows = await this.dataSource.query<{ name: string }[]>(`SELECT name FROM ${table}`);
    const done = new Set(rows.map((row) => row.name));
    return known.filter((name) => !done.has(name)).length;
  }

  private async withinTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      const error = new Unavailable('database_unavailable', 'The database did not answer within 2 seconds.');
      timer = setTimeout(() => reject(error), READY_WITHIN_MS);
    });
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

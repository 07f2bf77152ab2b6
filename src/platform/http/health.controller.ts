import { Controller, Get, Injectable } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ApiProblems } from './docs/api-docs.js';
import { Unavailable } from './problems/app-errors.js';
import { Public } from './public-route.js';

/** A database that takes longer than this for a trifle cannot serve requests. */
const READY_WITHIN_MS = 2000;

@Injectable()
export class HealthService {
  /** True from the signal to end on: requests are answered still, but whoever spreads them should send no more. */
  stopping = false;
  private look: { readonly since: number; readonly pending: Promise<number> } | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Returns when the database answers within 2 s and has every migration that this build knows. Whoever asks meanwhile
   * gets the same look: anybody may ask, and must not take the database from those who are signed in.
   * @throws Unavailable (503) `stopping`, `database_unavailable` or `migrations_pending`.
   */
  async checkReady(): Promise<void> {
    if (this.stopping) throw new Unavailable('stopping', 'This process is shutting down. Try again.');
    const pending = await this.withinTime(this.found());
    if (pending > 0) {
      throw new Unavailable('migrations_pending', `${pending} migrations have not run. Run: npm run migrate`);
    }
  }

  /** One look at a time; one that hangs keeps nobody from another. */
  private found(): Promise<number> {
    const since = performance.now();
    if (this.look && since - this.look.since < READY_WITHIN_MS) return this.look.pending;
    const look = { since, pending: this.pendingMigrations() };
    this.look = look;
    const over = () => {
      if (this.look === look) this.look = null;
    };
    look.pending.then(over, over);
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

export class HealthView {
  @ApiProperty({ description: 'Always `ok`; anything else is an error answer.', enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

/** Probes for whoever runs the process; outside the prefix, open to anyone, without a word about the inside. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'getLiveness', summary: 'Check that the process is alive' })
  @ApiOkResponse({ type: HealthView, description: 'The process is alive.' })
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'getReadiness', summary: 'Check that requests can be served' })
  @ApiOkResponse({ type: HealthView, description: 'The database answers and its schema is up to date.' })
  @ApiProblems(503)
  async ready(): Promise<HealthView> {
    await this.health.checkReady();
    return { status: 'ok' };
  }
}

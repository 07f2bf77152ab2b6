import { Controller, Get, Injectable } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ApiProblems } from './docs/api-docs.js';
import { Unavailable } from './problems/app-errors.js';
import { Public } from './public-route.js';

/** A database that needs longer for a trivial query cannot serve requests. */
const READY_WITHIN_MS = 2000;

@Injectable()
export class HealthService {
  /** True once the shutdown has begun: requests are still answered, but load balancers should send no more. */
  stopping = false;
  private check: { readonly since: number; readonly pending: Promise<number> } | null = null;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Resolves when the database answers within 2 s and has every migration of this build. Concurrent calls share one
   * check: anyone may call, and must not take database connections from users.
   * @throws Unavailable (503) `stopping`, `database_unavailable` or `migrations_pending`.
   */
  async checkReady(): Promise<void> {
    if (this.stopping) throw new Unavailable('stopping', 'This process is about to end. Ask another one.');
    const pending = await this.withinTime(this.found());
    if (pending > 0) {
      throw new Unavailable('migrations_pending', `${pending} migrations have not run. Run: npm run migrate`);
    }
  }

  /** Shares the running check, unless it has been running for longer than 2 s. */
  private found(): Promise<number> {
    const since = performance.now();
    if (this.check && since - this.check.since < READY_WITHIN_MS) return this.check.pending;
    const check = { since, pending: this.pendingMigrations() };
    this.check = check;
    const over = () => {
      if (this.check === check) this.check = null;
    };
    check.pending.then(over, over);
    return check.pending;
  }

  private async pendingMigrations(): Promise<number> {
    const known = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const table = this.dataSource.driver.escape(this.dataSource.options.migrationsTableName ?? 'migrations');
    const [found] = await this.dataSource.query<{ there: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS there', [
      table,
    ]);
    // Another program's database, or a new one.
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

/** Probes for the operator: outside the prefix, open to anyone, without internal details. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'getLiveness', summary: 'Is the process alive? Asks nothing else.' })
  @ApiOkResponse({ type: HealthView, description: 'It is.' })
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'getReadiness', summary: 'Can requests be served? Asks the database.' })
  @ApiOkResponse({ type: HealthView, description: 'The database answers and has every migration.' })
  @ApiProblems(503)
  async ready(): Promise<HealthView> {
    await this.health.checkReady();
    return { status: 'ok' };
  }
}

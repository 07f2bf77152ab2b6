import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { JobQueue } from '../queue/job-queue.js';
import { TookTooLong, within } from '../queue/within.js';
import { ApiProblems } from './docs/api-docs.js';
import { Unavailable } from './problems/app-errors.js';
import { Public } from './public-route.js';

/** A database that needs longer for a trivial query cannot serve requests. */
const READY_WITHIN_MS = 2000;

interface Readiness {
  readonly pendingMigrations: number;
  /** Whether the program's role may write rows, and create the schema of the queue when it is missing. */
  readonly granted: boolean;
  /** Always true in a process that takes no work from the queue. */
  readonly queueAnswers: boolean;
}

@Injectable()
export class HealthService {
  /** True once the shutdown has begun: requests are still answered, but load balancers should send no more. */
  stopping = false;
  private poll: { readonly since: number; readonly readiness: Promise<Readiness> } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    @Inject(CONFIG) private readonly config: Pick<AppConfig, 'role' | 'queueUrl'>,
  ) {}

  /**
   * Resolves when the database answers within 2 s, has every migration of this build and grants the program its rights,
   * and when the queue answers a process that takes work from it. Concurrent calls share one poll: anyone may call, and
   * must not take database connections from users.
   * @throws Unavailable (503) `stopping`, `database_unavailable`, `migrations_pending`, `grants_missing` or
   *   `queue_unavailable`.
   */
  async checkReady(): Promise<void> {
    if (this.stopping) throw new Unavailable('stopping', 'This process is shutting down. Try again.');
    const { pendingMigrations, granted, queueAnswers } = await this.shared();
    if (pendingMigrations > 0) {
      throw new Unavailable('migrations_pending', `${pendingMigrations} migrations have not run. Run: npm run migrate`);
    }
    if (!granted) {
      const detail = 'The database role of DATABASE_URL lacks rights. Run npm run migrate with DATABASE_MIGRATION_URL.';
      throw new Unavailable('grants_missing', detail);
    }
    if (!queueAnswers) {
      throw new Unavailable(
        'queue_unavailable',
        'The job queue does not answer, so no run can start. The log says why.',
      );
    }
  }

  /** Shares the running poll, unless it has been running for longer than 2 s. */
  private shared(): Promise<Readiness> {
    const since = performance.now();
    if (this.poll && since - this.poll.since < READY_WITHIN_MS) return this.poll.readiness;
    const poll = { since, readiness: this.read() };
    this.poll = poll;
    const over = () => {
      if (this.poll === poll) this.poll = null;
    };
    poll.readiness.then(over, over);
    return poll.readiness;
  }

  private async read(): Promise<Readiness> {
    try {
      const [database, queueAnswers] = await Promise.all([
        within(READY_WITHIN_MS, this.readDatabase()),
        this.config.role === 'api' ? true : this.queueAnswers(),
      ]);
      return { ...database, queueAnswers };
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      throw new Unavailable('database_unavailable', 'The database did not answer within 2 seconds.');
    }
  }

  private async readDatabase(): Promise<Omit<Readiness, 'queueAnswers'>> {
    const known = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const table = this.dataSource.driver.escape(this.dataSource.options.migrationsTableName ?? 'migrations');
    const [found] = await this.dataSource.query<{ there: boolean; granted: boolean | null }[]>(
      `SELECT to_regclass($1) IS NOT NULL AS there,
         has_table_privilege(to_regclass('strategy_executions'), 'INSERT') AND ($2::boolean
           OR to_regnamespace('queue') IS NOT NULL OR has_database_privilege(current_database(), 'CREATE')) AS granted`,
      [table, this.config.queueUrl !== null],
    );
    const granted = found?.granted ?? false;
    // Another program's database, or a new one.
    if (!found?.there) return { pendingMigrations: known.length, granted };
    const rows = await this.dataSource.query<{ name: string }[]>(`SELECT name FROM ${table}`);
    const done = new Set(rows.map((row) => row.name));
    return { pendingMigrations: known.filter((name) => !done.has(name)).length, granted };
  }

  /** Errors are not logged here, because the queue logs them itself. */
  private async queueAnswers(): Promise<boolean> {
    return within(READY_WITHIN_MS, this.queue.counts()).then(
      () => true,
      () => false,
    );
  }
}

export class HealthView {
  @ApiProperty({ description: 'Always `ok`; anything else is an error answer.', enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

/** Probes for load balancers and process managers: outside the prefix, open to anyone. */
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
  @ApiOperation({ operationId: 'getReadiness', summary: 'Check that this process can do its work' })
  @ApiOkResponse({
    type: HealthView,
    description:
      'The database answers, and its schema and rights are complete; the queue answers where this process works.',
  })
  @ApiProblems(503)
  async ready(): Promise<HealthView> {
    await this.health.checkReady();
    return { status: 'ok' };
  }
}

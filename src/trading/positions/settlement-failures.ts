import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { DataSource } from 'typeorm';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { MonitoredMarket } from './monitored-position.js';

export type SettlementTask = 'exits' | 'funding';
const TASKS: readonly SettlementTask[] = ['exits', 'funding'];

/** Records positions that could not be settled: in the database, the log and the metrics. */
@Injectable()
export class SettlementFailures {
  private readonly faults: Counter<'task'>;

  constructor(
    private readonly database: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) { registry }: Pick<Metrics, 'registry'>,
  ) {
    this.faults = new Counter({
      name: 'conclave_keeping_faults_total',
      help: 'Positions that could not be settled in a pass, by task',
      labelNames: ['task'],
      registers: [registry],
    });
    for (const task of TASKS) this.faults.inc({ task }, 0);
  }

  /** Records the failure of an instance; a repeated failure increments its count. */
  async record(
    market: MonitoredMarket,
    task: SettlementTask,
    portfolioId: string,
    error: Error,
    now: Date,
  ): Promise<void> {
    this.faults.inc({ task });
    this.logger.error({ ...market, instance_id: portfolioId, task, err: error }, 'position not settled');
    await this.database.query(
      `INSERT INTO keeping_faults AS f (portfolio_id, symbol, task, message, first_at, last_at, times)
       VALUES ($1, $2, $3, $4, $5, $5, 1)
       ON CONFLICT (portfolio_id, symbol, task) DO UPDATE SET message = excluded.message, last_at = excluded.last_at,
         times = f.times + 1`,
      [portfolioId, market.symbol, task, error.message.slice(0, 500), now],
    );
  }

  /** Deletes failures that did not recur for a day. */
  async forgetOld(now: Date): Promise<void> {
    await this.database.query(`DELETE FROM keeping_faults WHERE last_at < $1::timestamptz - interval '1 day'`, [now]);
  }
}

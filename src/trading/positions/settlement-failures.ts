import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { MonitoredMarket } from './monitored-position.store.js';
import { SettlementFailureStore } from './settlement-failure.store.js';

const DAY_MS = 86_400_000;

export type SettlementTask = 'exits' | 'funding';
const TASKS: readonly SettlementTask[] = ['exits', 'funding'];

/** Records positions that could not be settled: in the database, the log and the metrics. */
@Injectable()
export class SettlementFailures {
  private readonly faults: Counter<'task'>;

  constructor(
    private readonly store: SettlementFailureStore,
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
    const { symbol } = market;
    const message = error.message.slice(0, 500);
    await this.store.record({ portfolio_id: portfolioId, symbol, task, message, first_at: now, last_at: now });
  }

  /** Deletes failures that did not recur for a day. */
  async forgetOld(now: Date): Promise<void> {
    await this.store.removeBefore(new Date(now.getTime() - DAY_MS));
  }
}

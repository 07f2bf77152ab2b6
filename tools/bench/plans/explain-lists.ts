import { NestFactory } from '@nestjs/core';
import { plainToInstance } from 'class-transformer';
import { DataSource } from 'typeorm';
import { AppModule } from '../../../src/app.module.js';
import type { SignedInUser } from '../../../src/auth/access.js';
import {
  InstanceHistoryService,
  ExecutionsQuery,
  TradesQuery,
} from '../../../src/instances/history/instance-history.service.js';
import { InstancesQuery } from '../../../src/instances/views/instance-filter.js';
import { InstanceViewsService } from '../../../src/instances/views/instance-views.service.js';
import type { AppConfig } from '../../../src/platform/config/app-config.js';
import { createLogger, NestLogger } from '../../../src/platform/logging/logger.js';
import { HISTORY_QUERIES, STRATEGY_QUERIES, type Role, type Targets } from '../lists.js';
import { explainStatements } from './explain-statements.js';
import { summaryOf, type PlanSummary } from './plan-summary.js';

/** How one statement of one request is carried out. */
export interface StatementPlan extends PlanSummary {
  readonly request: string;
  /** The statement, shortened. */
  readonly statement: string;
}

/**
 * Asks the services of the application, in this process, for the lists, and explains every statement that their stores
 * send on the way: nothing here knows their SQL.
 */
export async function explainLists(config: AppConfig, targets: Targets, role: Role): Promise<StatementPlan[]> {
  const logger = createLogger({ logLevel: 'error' }, process.stderr);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger }), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const viewer: SignedInUser = { id: targets.userId, email: '', full_name: null, role };
  const plans: StatementPlan[] = [];
  try {
    const database = app.get(DataSource);
    const explained = async (request: string, ask: () => Promise<unknown>): Promise<void> => {
      const stop = explainStatements(database, (statement, plan) => {
        plans.push({ request, statement, ...summaryOf(plan) });
      });
      try {
        await ask();
      } finally {
        stop();
      }
    };
    const views = app.get(InstanceViewsService);
    for (const query of STRATEGY_QUERIES) {
      const text = new URLSearchParams(query).toString() || 'default';
      await explained(`strategies?${text}`, () => views.list(viewer, plainToInstance(InstancesQuery, query)));
    }
    const history = app.get(InstanceHistoryService);
    const ask = {
      executions: (id: string, query: object) =>
        history.executions(viewer, id, plainToInstance(ExecutionsQuery, query)),
      trades: (id: string, query: object) => history.trades(viewer, id, plainToInstance(TradesQuery, query)),
    };
    for (const kind of ['executions', 'trades'] as const) {
      const { instance, cursor } = targets.cursors[kind][0]!;
      for (const query of [...HISTORY_QUERIES[kind], { cursor }]) {
        const text = 'cursor' in query ? 'cursor=...' : new URLSearchParams(query).toString() || 'default';
        await explained(`${kind}?${text}`, () => ask[kind](instance, query));
      }
    }
    return plans;
  } finally {
    await app.close();
  }
}

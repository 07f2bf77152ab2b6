import { Inject, Injectable } from '@nestjs/common';
import { BUSINESS_AGENTS } from '../../business-agents/business-agents.catalogue.js';
import type { BusinessAgent } from '../../business-agents/business-agent.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../domain/decision/decision-agent.js';
import { MARKET_TOOLS } from '../../market-data/tools/market-tools.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { programVersion } from '../../platform/config/environment.js';
import { UnnamedProxy } from '../../platform/http/unnamed-proxy.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { InvariantCheckService } from '../../invariants/invariant-check.service.js';
import { toApiStateView, toLanguageModelView, toInvariantCheckView } from './system.view.js';
import { ageOfTools, secondsBetween } from './sources.js';
import type { DefinitionStateView, FailureView, SystemView } from './system.dto.js';
import { SystemStore, type DefinitionStateRow, type FailureRow } from './system.store.js';

const FAILURES_OF_MS = 24 * 3_600_000;
/** A run that takes longer is not healthy, even where it will be rescued. */
const UNFINISHED_AFTER_MS = 60_000;

/** What an operator must know of the whole, at one look. */
@Injectable()
export class SystemService {
  private readonly program = programVersion();

  constructor(
    private readonly store: SystemStore,
    private readonly queue: JobQueue,
    private readonly invariants: InvariantCheckService,
    private readonly unnamedProxy: UnnamedProxy,
    @Inject(BUSINESS_AGENTS) private readonly businessAgents: NamedCatalogue<BusinessAgent>,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async look(): Promise<SystemView> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - FAILURES_OF_MS);
    const before = new Date(now.getTime() - UNFINISHED_AFTER_MS);
    const [definitions, looks, apis, models, failures, versions, queue, lastCheck] = await Promise.all([
      this.store.definitions(),
      this.store.lastLooks(),
      this.store.apis(),
      this.store.languageModels(now),
      this.store.failures(since, before),
      this.store.versions(),
      this.queue.counts(),
      this.invariants.last(),
    ]);
    return {
      warnings: this.unnamedProxy.noticedAt === null ? [] : ['forwarded_for_ignored'],
      at: now.toISOString(),
      definitions: definitions.map((row) => toDefinitionState(row, now)),
      queue: {
        waiting: queue['waiting'] ?? 0,
        active: queue['active'] ?? 0,
        delayed: queue['delayed'] ?? 0,
        failed: queue['failed'] ?? 0,
      },
      market: this.config.marketData,
      sources: ageOfTools(MARKET_TOOLS.names(), looks, this.businessAgents, now),
      apis: apis.map(toApiStateView),
      language_models: models.map(toLanguageModelView),
      failures: { total: failures[0]?.total ?? 0, items: failures.map(toFailure) },
      invariants: lastCheck && toInvariantCheckView(lastCheck),
      versions: {
        program: this.program,
        node: process.versions.node,
        ...versions,
        decision_agents: this.decisionAgents.all().map(({ name, version }) => ({ name, version })),
      },
      process: this.processView(),
      live_trading: this.config.liveTrading,
    };
  }

  private processView(): SystemView['process'] {
    const memory = process.memoryUsage();
    return {
      role: this.config.role,
      uptime_seconds: Math.floor(process.uptime()),
      rss_bytes: memory.rss,
      heap_used_bytes: memory.heapUsed,
    };
  }
}

function toDefinitionState(row: DefinitionStateRow, now: Date): DefinitionStateView {
  const { scheduled_for: scheduledFor, started_at: startedAt } = row;
  return {
    id: row.id,
    name: row.name,
    display_name: row.display_name,
    is_active: row.is_active,
    rebalance_period_minutes: row.rebalance_period_minutes,
    last_run_id: row.run_id,
    last_tick_at: scheduledFor?.toISOString() ?? null,
    last_status: row.status,
    last_delay_seconds: scheduledFor && startedAt && secondsBetween(scheduledFor, startedAt),
    next_tick_at: row.is_active ? (row.next_run_at?.toISOString() ?? null) : null,
    lateness_seconds: row.is_active && row.next_run_at ? secondsBetween(row.next_run_at, now) : 0,
  };
}

function toFailure(row: FailureRow): FailureView {
  return {
    run_id: row.run_id,
    strategy_definition_id: row.definition_id,
    definition_name: row.definition_name,
    scheduled_for: row.scheduled_for.toISOString(),
    status: row.status,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    error: row.error,
    failed_instances: row.failed_instances,
    missing_agents: [...row.missing_agents],
    degraded_agents: [...row.degraded_agents],
  };
}

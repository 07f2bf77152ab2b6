import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLogService } from '../auth/audit-log/audit-log.service.js';
import { DefinitionStore, type DefinitionRow } from '../definitions/definition.store.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS, paramsInForce } from '../domain/decision/decision-agent.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { PortfolioStore } from './portfolios/portfolio.store.js';

/** Instances of one transaction: runs that work on them wait for it. */
const PORTION = 500;

/**
 * Writes params that decision agents have got since into definitions and instances, with the defaults of the agents. Runs
 * do not need it, they read stored params so anyway; but a default that changes later must not change what is decided
 * by params that nobody touched. What an agent does not have any more stays stored: a program of before may still read it.
 */
@Injectable()
export class ParamsUpgrade implements OnApplicationBootstrap, OnModuleDestroy {
  private stopping = false;
  private working: Promise<void> | null = null;

  constructor(
    private readonly database: DataSource,
    private readonly definitions: DefinitionStore,
    private readonly portfolios: PortfolioStore,
    private readonly audit: AuditLogService,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Nothing waits for it: what is served meanwhile reads the params as they will be. */
  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    this.working = this.upgradeAll().catch((error: unknown) => {
      // The next start tries again; until then the defaults are read in place of what is not stored.
      this.logger.error({ err: error }, 'params upgrade failed');
    });
  }

  /** Ends with the portion that is under way. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.working;
  }

  /** Twice is the same as once, and so is at the same time in several processes. */
  async upgradeAll(): Promise<void> {
    for (const definition of await this.definitions.all()) {
      const agent = this.decisionAgents.find(definition.decision_agent_class);
      if (!agent || this.stopping) continue;
      try {
        await this.upgrade(definition, agent);
      } catch (error) {
        // One agent's fault is not the others'. The next start tries again; until then its defaults are read over.
        this.logger.error({ err: error, definition: definition.name }, 'params upgrade failed');
      }
    }
  }

  private async upgrade(definition: DefinitionRow, agent: DecisionAgent): Promise<void> {
    const fields = { definition: definition.name, definition_id: definition.id, decision_agent: agent.name };
    const { added, ignored, checked } = paramsInForce(agent, definition.business_agents, definition.default_params);
    if (ignored.length > 0) this.logger.warn({ ...fields, ignored }, 'params ignored: the agent does not have them');
    // New defaults can contradict what is stored. That is for a person to settle, not for the program to write down.
    if (checked.params === null) this.logger.warn({ ...fields, violations: checked.violations }, 'params invalid');
    if (added.length > 0 && checked.params !== null) await this.upgradeDefinition(definition.id, agent);
    const instances = await this.upgradeInstances(definition, agent);
    if (added.length > 0 || instances > 0) this.logger.info({ ...fields, added, instances }, 'params added');
  }

  /** Version and time of change count what people do. */
  private async upgradeDefinition(id: number, agent: DecisionAgent): Promise<void> {
    await this.database.transaction(async (manager) => {
      const present = await this.definitions.lockForChange(manager, id);
      if (!present) return;
      const before = present.default_params;
      const { completed, added, checked } = paramsInForce(agent, present.business_agents, before);
      if (added.length === 0 || checked.params === null) return;
      await this.definitions.writeParams(manager, id, completed);
      await this.audit.record(
        {
          actor: null,
          action: 'definition.changed',
          target_type: 'strategy_definition',
          target_id: String(id),
          before: { default_params: before },
          after: { default_params: completed },
        },
        manager,
      );
    });
  }

  /** @returns how many got a new version of their params. */
  private async upgradeInstances(definition: DefinitionRow, agent: DecisionAgent): Promise<number> {
    const agents = definition.business_agents;
    const wanted = keyPathsOf(paramsInForce(agent, agents, {}).params);
    let changed = 0;
    for (let after: string | null = null; !this.stopping;) {
      const from: string | null = after;
      const last: string | null = await this.database.transaction(async (manager) => {
        const rows = await this.portfolios.lockLacking(manager, definition.id, wanted, from, PORTION);
        const completed = rows.flatMap(({ id, instance_params }) => {
          const { completed: params, added, checked } = paramsInForce(agent, agents, instance_params);
          return added.length > 0 && checked.params !== null ? [{ id, params }] : [];
        });
        if (completed.length > 0) await this.portfolios.completeParams(manager, completed, this.clock.now());
        changed += completed.length;
        return rows.at(-1)?.id ?? null;
      });
      if (last === null) break;
      after = last;
    }
    return changed;
  }
}

/** `{a: {b: 1}}` -> `[a], [a, b]`. */
function keyPathsOf(params: unknown, above: readonly string[] = []): string[][] {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return [];
  return Object.entries(params).flatMap(([key, value]) => {
    const path = above.concat(key);
    return [path].concat(keyPathsOf(value, path));
  });
}

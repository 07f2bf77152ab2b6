import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SignedInUser } from '../auth/access.js';
import { AuditLogService } from '../auth/audit-log/audit-log.service.js';
import { DefinitionStore } from '../definitions/definition.store.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS } from '../domain/decision/decision-agent.js';
import { defaultInstanceName, publicInstanceName } from '../domain/portfolio/instance-name.js';
import type { Violation } from '../domain/violation.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { MonthPartitions } from '../platform/database/month-partitions.js';
import { uuidv7 } from '../platform/database/uuid.js';
import { Conflict, InvalidContent } from '../platform/http/problems/app-errors.js';
import { NO_KEY, type IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { invalidBody } from '../platform/http/input/validation.js';
import { TRADE_CHANNELS, type TradeChannel } from '../trading/channels/trade-channel.js';
import { PortfolioStore, type NewPortfolio } from './portfolios/portfolio.store.js';
import type { CreateInstanceBody } from './create-instance.dto.js';
import { LIVE_TRADING_DISABLED, newInstanceOf, type NewInstance, type Offer } from './new-instance.js';

const LARGEST_INT4 = 2_147_483_647;

/** Who gets an instance. */
export type Owner = Pick<SignedInUser, 'id' | 'email' | 'full_name'>;

/** Makes instances: portfolio, params, deposit, first snapshot and audit line, all or nothing. */
@Injectable()
export class InstanceCreationService {
  constructor(
    private readonly database: DataSource,
    private readonly definitions: DefinitionStore,
    private readonly portfolios: PortfolioStore,
    private readonly audit: AuditLogService,
    private readonly partitions: MonthPartitions,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Makes an instance for its owner. It is active at once and takes part from its definition's next run on.
   * A second call with the same body makes a second instance with the next number.
   * @param once a request that may come again: the id of the instance that was made the first time is given back.
   * @returns its id.
   * @throws InvalidContent with every violation; its code is `live_trading_disabled` when live trading was asked for.
   *   Conflict `too_many_instances` when the owner has as many as the settings allow.
   */
  async create(
    owner: Owner,
    body: CreateInstanceBody,
    traceId?: string,
    once: IdempotencyScope = NO_KEY,
  ): Promise<string> {
    // Its equity curve begins now.
    await this.partitions.ensure(this.clock.now());
    return this.database.transaction((manager) =>
      once.make(manager, async () => {
        const { instance, violations } = newInstanceOf(body, await this.offerFor(manager, body.strategy_definition_id));
        if (!instance) throw contentError(violations);
        const portfolio = await this.portfolioOf(manager, owner, body, instance);
        await this.portfolios.insert(manager, portfolio, owner.id, this.clock.now());
        await this.audit.record(
          {
            actor: owner,
            action: 'instance.created',
            target_type: 'strategy',
            target_id: portfolio.id,
            after: { ...portfolio },
            ...(traceId === undefined ? {} : { trace_id: traceId }),
          },
          manager,
        );
        return portfolio.id;
      }),
    );
  }

  private async offerFor(manager: EntityManager, definitionId: number | undefined): Promise<Offer> {
    const possible = definitionId !== undefined && definitionId > 0 && definitionId <= LARGEST_INT4;
    const definition = possible ? await this.definitions.lockForUse(manager, definitionId) : null;
    const knownDefinitions = definition?.is_active ? [] : await this.definitions.activeNames(manager);
    return { definition, knownDefinitions, decisionAgents: this.decisionAgents, channels: this.channels };
  }

  private async portfolioOf(
    manager: EntityManager,
    owner: Owner,
    body: CreateInstanceBody,
    instance: NewInstance,
  ): Promise<NewPortfolio> {
    const { definition } = instance;
    const { number, open } = await this.portfolios.takeNumber(manager, owner.id, definition.id);
    const most = this.config.maxInstancesPerUser;
    if (most > 0 && open >= most) {
      const message = `You have ${open} strategies; the limit is ${most}. Stop one first.`;
      throw new Conflict('too_many_instances', message, [], { open, limit: most });
    }
    const named = { definitionDisplayName: definition.display_name, fullName: owner.full_name, number };
    const given = body.instance_name;
    return {
      id: uuidv7(this.clock.now().getTime()),
      user_id: owner.id,
      strategy_definition_id: definition.id,
      instance_number: number,
      instance_name: given ?? defaultInstanceName({ ...named, email: owner.email }),
      public_name: given === undefined ? publicInstanceName(named) : null,
      instance_description: body.instance_description ?? '',
      instance_params: instance.params,
      trading_mode: instance.tradingMode,
      initial_balance: instance.initialBalance,
      quote_asset: instance.quoteAsset,
    };
  }
}

function contentError(violations: readonly Violation[]): InvalidContent {
  const live = violations.find((violation) => violation.code === LIVE_TRADING_DISABLED);
  return live ? new InvalidContent(LIVE_TRADING_DISABLED, live.message, violations) : invalidBody(violations);
}

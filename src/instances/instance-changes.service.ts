import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SignedInUser } from '../auth/access.js';
import { AuditLogService, type AuditAction, type RequestOrigin } from '../auth/audit-log/audit-log.service.js';
import { changeParams } from '../definitions/definition-rules.js';
import { DefinitionStore } from '../definitions/definition.store.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS } from '../domain/decision/decision-agent.js';
import type { ParamsObject } from '../domain/params/merge-params.js';
import { MonthPartitions } from '../platform/database/month-partitions.js';
import { Conflict, NotAllowed, NotFound, PreconditionFailed } from '../platform/http/problems/app-errors.js';
import { NO_KEY, type IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { pendingViolations, invalidBody } from '../platform/http/input/validation.js';
import type { UpdateInstanceBody } from './create-instance.dto.js';
import { PortfolioStore, type PortfolioRow, type PortfolioState } from './portfolios/portfolio.store.js';
import { POSITION_CLOSER, type ClosingMarket, type PositionCloser } from '../trading/closing/position-closer.js';
import { mayChange } from './visibility.js';

/** Changes, stops, starts and archives instances. A run that works on the instance is waited for. */
@Injectable()
export class InstanceChangesService {
  constructor(
    private readonly database: DataSource,
    private readonly definitions: DefinitionStore,
    private readonly portfolios: PortfolioStore,
    private readonly audit: AuditLogService,
    private readonly partitions: MonthPartitions,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(POSITION_CLOSER) private readonly closer: PositionCloser,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Changes what is given. Other params are a new params version, which the next run uses; the versions before
   * stay. A body that changes nothing leaves both versions alone.
   * @throws NotFound for what is somebody else's; NotAllowed for a plain user who does more than stop; Conflict `archived`;
   * InvalidContent with every violation.
   */
  async update(request: ChangeRequest, body: UpdateInstanceBody): Promise<void> {
    if (request.viewer.role === 'user' && !isStop(body)) {
      throw new NotAllowed(
        'not_allowed',
        'Without the role trader a strategy can only be stopped: send is_active=false alone.',
      );
    }
    await this.database.transaction(async (manager) => {
      const present = await this.lockOwn(manager, request);
      if (present.archived_at)
        throw new Conflict('archived', 'This strategy has been stopped and can no longer be changed.');
      request.precondition(present.version);
      const params = await this.paramsOf(manager, present, body);
      const isActive = body.is_active ?? present.is_active;
      const newParams = !isDeepStrictEqual(params, present.instance_params);
      const state: PortfolioState = {
        instance_name: body.instance_name ?? present.instance_name,
        instance_description: body.instance_description ?? present.instance_description,
        instance_params: params,
        params_version: present.params_version + (newParams ? 1 : 0),
        is_active: isActive,
        active_since: isActive ? (present.active_since ?? this.clock.now()) : null,
        archived_at: null,
      };
      if (newParams) {
        const { actor } = request.by;
        const version = state.params_version;
        await this.portfolios.addParams(manager, present.id, version, params, actor?.id ?? null, this.clock.now());
      }
      await this.write(manager, request, 'instance.changed', present, state);
    });
  }

  /**
   * Stops every active instance of a user who may trade no longer, in the caller's transaction; each has an entry in the
   * audit log. They can be started again one by one. A run that works on them is waited for.
   * @returns how many.
   */
  async stopAllOf(userId: string, by: RequestOrigin, manager: EntityManager): Promise<number> {
    const ids = await this.portfolios.stopOfUser(manager, userId, this.clock.now());
    const entry = { ...by, action: 'instance.changed', target_type: 'strategy' } as const;
    const change = { before: { is_active: true }, after: { is_active: false } };
    if (ids.length > 0)
      await this.audit.recordAll(
        ids.map((id) => ({ ...entry, target_id: id, ...change })),
        manager,
      );
    return ids.length;
  }

  /**
   * Stops and archives: executions, trades and ledger stay. What it holds stays in it, unless it is to be sold.
   * @param once a request that may come again: it is answered as the first time, and sells nothing more.
   * @throws NotFound for what is somebody else's; Conflict `archived` (so for a second call), `live_position_open`; Unavailable when there is no price to sell at.
   */
  async archive(request: ChangeRequest, closePositions: boolean, once: IdempotencyScope = NO_KEY): Promise<void> {
    const market = closePositions ? await this.marketToSellAt(request) : null;
    await this.database.transaction((manager) => once.make(manager, () => this.archiveOnce(manager, request, market)));
  }

  /** @param market to sell at; null: what it holds stays. @returns the id of the instance. */
  private async archiveOnce(
    manager: EntityManager,
    request: ChangeRequest,
    market: ClosingMarket | null,
  ): Promise<string> {
    const present = await this.lockOwn(manager, request);
    if (present.archived_at) throw new Conflict('archived', 'This strategy has already been stopped.');
    request.precondition(present.version);
    const now = this.clock.now();
    if (market !== null) {
      const reason = present.user_id === request.viewer.id ? 'closed_by_owner' : 'closed_by_admin';
      await this.closer.closePositions(manager, present.id, market, reason, now);
    } else if (present.trading_mode === 'live' && (await this.portfolios.hasPositions(manager, present.id))) {
      const message = 'This strategy has an open live position. Close it first, or send close_positions=true.';
      throw new Conflict('live_position_open', message);
    } else {
      await this.closer.leavePositions(manager, present.id, now);
    }
    const state: PortfolioState = { ...stateOf(present), is_active: false, active_since: null, archived_at: now };
    await this.write(manager, request, 'instance.archived', present, state);
    return present.id;
  }

  private async marketToSellAt(request: ChangeRequest): Promise<ClosingMarket> {
    const market = await this.portfolios.marketOf(this.database.manager, request.id);
    if (!market || !mayChange(request.viewer, market)) throw new NotFound('strategy');
    // Selling adds a point to the equity curve.
    await this.partitions.ensure(this.clock.now());
    return this.closer.marketOf(market.trade_symbol, market.trade_channel);
  }

  private async lockOwn(manager: EntityManager, request: ChangeRequest): Promise<PortfolioRow> {
    const present = await this.portfolios.lock(manager, request.id);
    if (!present || !mayChange(request.viewer, present)) throw new NotFound('strategy');
    return present;
  }

  private async paramsOf(
    manager: EntityManager,
    present: PortfolioRow,
    body: UpdateInstanceBody,
  ): Promise<ParamsObject> {
    const soFar = pendingViolations(body);
    if (body.instance_params === undefined) {
      if (soFar.length > 0) throw invalidBody(soFar);
      return present.instance_params;
    }
    const definition = await this.definitions.lockForUse(manager, present.strategy_definition_id);
    const decisionAgent = definition && this.decisionAgents.find(definition.decision_agent_class);
    if (!definition || !decisionAgent) {
      const message = 'The params cannot be changed: the decision agent of this definition no longer exists.';
      throw new Conflict('unknown_decision_agent', message);
    }
    const agents = definition.business_agents;
    const base = present.instance_params;
    const checked = changeParams(base, body.instance_params, decisionAgent, agents, '/instance_params');
    if (!checked.params || soFar.length > 0) throw invalidBody([...soFar, ...checked.violations]);
    return checked.params;
  }

  private async write(
    manager: EntityManager,
    request: ChangeRequest,
    action: AuditAction,
    present: PortfolioRow,
    state: PortfolioState,
  ): Promise<void> {
    const fields = Object.keys(state) as (keyof PortfolioState)[];
    const changed = fields.filter((field) => !isDeepStrictEqual(present[field], state[field]));
    if (changed.length === 0) return;
    const written = await this.portfolios.update(manager, present.id, present.version, state, this.clock.now());
    if (!written) throw new PreconditionFailed(present.version);
    await this.audit.record(
      {
        ...request.by,
        action,
        target_type: 'strategy',
        target_id: present.id,
        before: Object.fromEntries(changed.map((field) => [field, present[field]])),
        after: Object.fromEntries(changed.map((field) => [field, state[field]])),
      },
      manager,
    );
  }
}

function isStop(body: UpdateInstanceBody): boolean {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return given.length === 1 && body.is_active === false;
}

function stateOf(row: PortfolioRow): PortfolioState {
  const { instance_name, instance_description, instance_params, params_version, is_active, active_since, archived_at } =
    row;
  return { instance_name, instance_description, instance_params, params_version, is_active, active_since, archived_at };
}

/** Who wants to change which instance, and against which version. */
interface ChangeRequest {
  readonly id: string;
  readonly viewer: SignedInUser;
  readonly by: RequestOrigin;
  /** Throws when the present version is not the one that the caller has read. */
  readonly precondition: (version: number) => void;
}

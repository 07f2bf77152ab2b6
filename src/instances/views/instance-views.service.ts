import { Inject, Injectable } from '@nestjs/common';
import type { SignedInUser } from '../../auth/access.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../domain/decision/decision-agent.js';
import { MalformedRequest, NotAllowed, NotFound } from '../../platform/http/problems/app-errors.js';
import { parseSort, type Page } from '../../platform/http/paging.js';
import { TRADE_CHANNELS, type TradeChannel } from '../../trading/channels/trade-channel.js';
import { largestShownAs, smallestShownAs } from '../public-figures.js';
import { seesAllNames, seesOnlyActive, visibilityFor, type VisibilityLevel } from '../visibility.js';
import { SORTABLE, type InstancesQuery } from './instance-filter.js';
import type { InstanceRow } from './instance-row.js';
import { InstanceViewStore } from './instance-view.store.js';
import type { InstanceView } from './instance.dto.js';
import { toInstanceView } from './instance.view.js';

/** Shows instances, to everybody as much as they may see. */
@Injectable()
export class InstanceViewsService {
  constructor(
    private readonly store: InstanceViewStore,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotAllowed (403 `admin_only`) when somebody but an admin asks for another user's instances by id. */
  async list(viewer: SignedInUser, query: InstancesQuery): Promise<Page<InstanceView>> {
    const order = parseSort(query.sort, SORTABLE, '-created_at');
    const { limit, offset } = query;
    const filter = {
      definitionId: query.definition_id ?? null,
      userId: ownerOf(viewer, query),
      status: query.status ?? null,
      tradingMode: query.trading_mode ?? null,
      nameContains: query.q ?? null,
      publicNamesExceptOf: seesAllNames(viewer) ? null : viewer.id,
      onlyActiveFor: seesOnlyActive(viewer) ? viewer.id : null,
      ...returnFilterOf(viewer, query),
      createdFrom: query.created_from ?? null,
      createdBefore: query.created_to ?? null,
    };
    const { rows, total } = await this.store.list(filter, order, limit, offset);
    return { items: rows.flatMap((row) => this.seenBy(viewer, row) ?? []), total, limit, offset };
  }

  /** @throws NotFound, also for what the viewer may not see. */
  async get(viewer: SignedInUser, id: string): Promise<InstanceView> {
    const row = await this.store.find(id);
    const view = row && this.seenBy(viewer, row);
    if (!view) throw new NotFound('strategy');
    return view;
  }

  /**
   * How much of the instance the viewer sees.
   * @throws NotFound when they see nothing of it.
   */
  async visibility(viewer: SignedInUser, id: string): Promise<Exclude<VisibilityLevel, 'none'>> {
    const owner = await this.store.findOwner(id);
    const visibility = owner ? visibilityFor(viewer, owner) : 'none';
    if (visibility === 'none') throw new NotFound('strategy');
    return visibility;
  }

  private seenBy(viewer: SignedInUser, row: InstanceRow): InstanceView | null {
    const visibility = visibilityFor(viewer, row);
    if (visibility === 'none') return null;
    const { decisionAgents, channels } = this;
    return toInstanceView(row, visibility, { now: this.clock.now(), decisionAgents, channels });
  }
}

/**
 * Which returns a list is narrowed to. Where returns are shown rounded they are compared rounded: else the exact one
 * could be found by trying.
 */
function returnFilterOf(
  viewer: SignedInUser,
  query: InstancesQuery,
): { minReturnPercent: number | null; maxReturnPercent: number | null } {
  const { min_total_pnl_percent: min = null, max_total_pnl_percent: max = null } = query;
  if (!seesOnlyActive(viewer)) return { minReturnPercent: min, maxReturnPercent: max };
  return {
    minReturnPercent: min === null ? null : smallestShownAs(min),
    maxReturnPercent: max === null ? null : largestShownAs(max),
  };
}

/** Whose instances a list is narrowed to; null: everybody's. */
function ownerOf(viewer: SignedInUser, query: InstancesQuery): string | null {
  const userId = query.user_id?.toLowerCase() ?? null;
  if (userId !== null && userId !== viewer.id && viewer.role !== 'admin') {
    throw new NotAllowed('admin_only', 'Only an administrator may filter by another user.');
  }
  if (query.mine !== true) return userId;
  if (userId === null || userId === viewer.id) return viewer.id;
  const message = 'Send mine or the user_id of somebody else, not both.';
  throw new MalformedRequest('bad_query', message, [{ pointer: '/mine', code: 'contradiction', message }]);
}

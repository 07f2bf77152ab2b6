import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { SignedInUser } from '../../auth/access.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { type CursorPage, HistoryQuery, type RetainedPage, cursorOf, pageOf } from '../../platform/http/paging.js';
import { InstanceViewsService } from '../views/instance-views.service.js';
import { BookStore, type Span } from './book.store.js';
import {
  toLedgerEntryView,
  toParamsVersionView,
  toPublicSnapshotView,
  toSnapshotView,
  type LedgerEntryView,
  type ParamsVersionView,
  type SnapshotView,
} from './book.view.js';
import {
  type ExecutionDetailView,
  type ExecutionView,
  toExecutionDetailView,
  toExecutionView,
} from './execution.dto.js';
import { ExecutionStore } from './execution.store.js';
import { RetainedHistoryStore } from '../../retention/retained-history.store.js';
import { PositionExitStore } from './position-exit.store.js';
import { toPositionExitView, toPublicPositionExitView, type PositionExitView } from './position-exit.view.js';
import { TradeStore } from './trade.store.js';
import { toPublicTradeView, toTradeView, type TradeView } from './trade.view.js';

const SIGNALS = ['BUY', 'SELL', 'HOLD'] as const;
const STATUSES = ['completed', 'failed', 'skipped'] as const;
const TRADE_TYPES = ['BUY', 'SELL'] as const;

export class ExecutionsQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only decisions with this signal.', enum: SIGNALS })
  @IsOptional()
  @IsIn(SIGNALS)
  signal?: (typeof SIGNALS)[number];

  @ApiPropertyOptional({ description: 'Only decisions with this outcome.', enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];
}

export class TradesQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only this side.', enum: TRADE_TYPES })
  @IsOptional()
  @IsIn(TRADE_TYPES)
  trade_type?: (typeof TRADE_TYPES)[number];
}

/** The history of an instance, newest first, to everybody as much as they may see of the instance. */
@Injectable()
export class InstanceHistoryService {
  constructor(
    private readonly instances: InstanceViewsService,
    private readonly executionStore: ExecutionStore,
    private readonly tradeStore: TradeStore,
    private readonly exitStore: PositionExitStore,
    private readonly books: BookStore,
    private readonly retention: RetainedHistoryStore,
  ) {}

  async executions(viewer: SignedInUser, id: string, query: ExecutionsQuery): Promise<RetainedPage<ExecutionView>> {
    const list = `executions of ${id}`;
    const before = cursorOf(list, query.cursor, 'uuid');
    const visibility = await this.instances.visibility(viewer, id);
    const { signal = null, status = null, from = null, to = null } = query;
    const rows = await this.executionStore.list(id, { signal, status, from, to }, before, query.limit + 1);
    const page = pageOf(
      list,
      rows,
      query.limit,
      (row) => toExecutionView(row, visibility),
      (row) => row.run_id,
    );
    return { ...page, kept_from: await this.retainedFrom() };
  }

  /** @throws NotFound for an execution of another instance too; Gone `not_kept`. */
  async execution(viewer: SignedInUser, id: string, executionId: string): Promise<ExecutionDetailView> {
    const visibility = await this.instances.visibility(viewer, id);
    const row = await this.executionStore.get(id, executionId);
    const [analyses, order] = await Promise.all([
      this.executionStore.analysesOf(row.run_id),
      this.tradeStore.orderOf(executionId),
    ]);
    const fills = order ? await this.tradeStore.fillsOf(order.id) : [];
    return toExecutionDetailView(row, analyses, order, fills, visibility);
  }

  async trades(viewer: SignedInUser, id: string, query: TradesQuery): Promise<CursorPage<TradeView>> {
    const list = `trades of ${id}`;
    const before = cursorOf(list, query.cursor, 'uuid');
    const visibility = await this.instances.visibility(viewer, id);
    const { trade_type: tradeType = null, from = null, to = null } = query;
    const rows = await this.tradeStore.list(id, { tradeType, from, to }, before, query.limit + 1);
    return pageOf(list, rows, query.limit, visibility === 'public' ? toPublicTradeView : toTradeView, (row) => row.id);
  }

  async exits(viewer: SignedInUser, id: string, query: HistoryQuery): Promise<CursorPage<PositionExitView>> {
    const list = `exits of ${id}`;
    const before = cursorOf(list, query.cursor, 'uuid');
    const visibility = await this.instances.visibility(viewer, id);
    const rows = await this.exitStore.list(id, spanOf(query), before, query.limit + 1);
    const toView = visibility === 'public' ? toPublicPositionExitView : toPositionExitView;
    return pageOf(list, rows, query.limit, toView, (row) => row.id);
  }

  async snapshots(viewer: SignedInUser, id: string, query: HistoryQuery): Promise<RetainedPage<SnapshotView>> {
    const list = `snapshots of ${id}`;
    const before = cursorOf(list, query.cursor, 'time');
    const visibility = await this.instances.visibility(viewer, id);
    const rows = await this.books.snapshots(id, spanOf(query), before, query.limit + 1);
    const toView = visibility === 'public' ? toPublicSnapshotView : toSnapshotView;
    const page = pageOf(list, rows, query.limit, toView, (row) => row.cursor);
    return { ...page, kept_from: await this.retainedFrom() };
  }

  /** Owner and admin only; for everybody else there is none. */
  async paramsHistory(viewer: SignedInUser, id: string, query: HistoryQuery): Promise<CursorPage<ParamsVersionView>> {
    const list = `params of ${id}`;
    const before = cursorOf(list, query.cursor, 'integer');
    await this.fullSight(viewer, id);
    const rows = await this.books.paramsVersions(id, spanOf(query), before, query.limit + 1);
    return pageOf(list, rows, query.limit, toParamsVersionView, (row) => String(row.params_version));
  }

  /** Owner and admin only; for everybody else there is none. */
  async ledger(viewer: SignedInUser, id: string, query: HistoryQuery): Promise<CursorPage<LedgerEntryView>> {
    const list = `ledger of ${id}`;
    const before = cursorOf(list, query.cursor, 'bigint');
    await this.fullSight(viewer, id);
    const rows = await this.books.ledger(id, spanOf(query), before, query.limit + 1);
    return pageOf(list, rows, query.limit, toLedgerEntryView, (row) => row.id);
  }

  private async retainedFrom(): Promise<string | null> {
    return (await this.retention.retainedFrom())?.toISOString() ?? null;
  }

  private async fullSight(viewer: SignedInUser, id: string): Promise<void> {
    if ((await this.instances.visibility(viewer, id)) !== 'full') throw new NotFound('strategy');
  }
}

function spanOf(query: HistoryQuery): Span {
  return { from: query.from ?? null, to: query.to ?? null };
}

import { publicConviction } from '../public-figures.js';
import type { VisibilityLevel } from '../visibility.js';
import type { ExecutionDetailView, ExecutionView } from './execution.dto.js';
import type { AnalysisRow, ExecutionDetailRow, ExecutionRow } from './execution.store.js';
import type { OrderRow, TradeRow } from './trade.store.js';
import { toOrderView, toPublicOrderView } from './trade.view.js';

type Seen = Exclude<VisibilityLevel, 'none'>;

/**
 * A decision as somebody sees it. Conviction together with the strength, the size, a distance or the numbers of
 * a reason is enough to compute thresholds, so all of these count as params.
 */
export function toExecutionView(row: ExecutionRow, visibility: Seen): ExecutionView {
  return {
    id: row.id,
    run_id: row.run_id,
    status: row.status,
    conviction_score: visibility === 'public' ? publicConviction(row.conviction_score) : row.conviction_score,
    signal: row.signal,
    risk_level: row.risk_level,
    should_execute: row.should_execute,
    ...(visibility === 'public' ? publicParts(row) : paramsBoundParts(row)),
    executed_at: row.executed_at.toISOString(),
  };
}

function publicParts(row: ExecutionRow): Pick<ExecutionView, 'reasons' | 'error'> {
  return {
    reasons: row.reasons.map(({ code }) => ({ code })),
    error: row.error === null ? null : { code: row.error.code, message: 'This decision failed.' },
  };
}

function paramsBoundParts(row: ExecutionRow) {
  return {
    reasons: row.reasons.map((reason) => ({ ...reason })),
    error: row.error,
    signal_strength: row.signal_strength,
    position_size: row.position_size,
    distance_to_buy: row.distance_to_buy,
    distance_to_sell: row.distance_to_sell,
    params_version: row.params_version,
  };
}

/** A decision in full. */
export function toExecutionDetailView(
  row: ExecutionDetailRow,
  analyses: readonly AnalysisRow[],
  order: OrderRow | null,
  fills: readonly TradeRow[],
  visibility: Seen,
): ExecutionDetailView {
  return {
    ...toExecutionView(row, visibility),
    scheduled_for: row.scheduled_for.toISOString(),
    ...(visibility === 'public' ? {} : { params: row.params, state_before: row.state_before }),
    duration_us: row.duration_us,
    market_snapshot: row.market_snapshot === null ? null : { ...row.market_snapshot },
    analyses: analyses.map((analysis) => ({ ...analysis })),
    order: order && (visibility === 'public' ? toPublicOrderView(order, fills) : toOrderView(order, fills)),
  };
}

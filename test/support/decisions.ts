import type { Reason } from '../../src/domain/decision/decision.js';
import { longReasons, type ShortReason } from '../../src/instances/history/storage-codec/stored-reasons.js';
import { longState } from '../../src/instances/history/storage-codec/stored-state.js';

/** Columns of `strategy_executions` as a statement reads them. */
interface Stored {
  readonly reasons: readonly ShortReason[];
  readonly conviction_score?: number | null;
}

/** The rows of a statement with their reasons readable. The conviction is needed where they repeat it. */
export function withReasons<Row extends Stored>(
  rows: readonly Row[],
): (Omit<Row, 'reasons'> & { reasons: Reason[] })[] {
  return rows.map((row) => ({ ...row, reasons: longReasons(row.reasons, row.conviction_score ?? null) }));
}

/** The state before a decision, readable. */
export function stateOf(row: { readonly state_before: readonly unknown[] }): Readonly<Record<string, unknown>> {
  return longState(row.state_before);
}

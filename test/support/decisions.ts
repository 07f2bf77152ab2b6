import type { Reason } from '../../src/domain/decision/decision.js';
import { decodeReasons, type StoredReason, decodeState } from '../../src/instances/history/storage-codec.js';

/** Columns of `strategy_executions` as a statement reads them. */
interface Stored {
  readonly reasons: readonly StoredReason[];
  readonly conviction_score?: number | null;
}

/** The rows of a statement with their reasons readable. The conviction is needed where they repeat it. */
export function withReasons<Row extends Stored>(
  rows: readonly Row[],
): (Omit<Row, 'reasons'> & { reasons: Reason[] })[] {
  return rows.map((row) => ({ ...row, reasons: decodeReasons(row.reasons, row.conviction_score ?? null) }));
}

/** The state before a decision, readable. */
export function stateOf(row: { readonly state_before: readonly unknown[] }): Readonly<Record<string, unknown>> {
  return decodeState(row.state_before);
}

import type { Candle } from '../domain/market/market-snapshot.js';

/** Why a value is not there. */
export type AbsenceReason =
  /** The tool is switched off in the registry. */
  | 'tool_inactive'
  /** An API that the tool needs is switched off in the registry. */
  | 'source_inactive'
  /** The source could not be asked; the operator's log has the message. */
  | 'source_failed'
  /** The source knows of no such value. */
  | 'no_data'
  /** The newest value is older than its kind allows. */
  | 'too_old';

/** What a tool answers: the value, or why there is none. Never a substitute. */
export type Reading<T> = { readonly value: T; readonly absent: null } | Absent;

interface Absent {
  readonly value: null;
  readonly absent: AbsenceReason;
}

/** The same of candles, which do not say themselves whose they are. */
export type CandleReading =
  { readonly value: readonly Candle[]; readonly absent: null; readonly source: string } | Absent;

export function present<T>(value: T): Reading<T> {
  return { value, absent: null };
}

export function absent(reason: AbsenceReason): Absent {
  return { value: null, absent: reason };
}

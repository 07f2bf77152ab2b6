import type { Candle } from '../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS } from './market-data-source.js';
import type { CandleInterval, SeriesName, SourceTraits } from './market-data-source.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A quoted price older than this is no price. */
const MAX_PRICE_AGE_MS = 2 * MINUTE_MS;
/** The last closed candle may have closed at most so many candle lengths ago. */
const MAX_CANDLE_AGE_PERIODS = 2;

/** Fear and greed: one value a day, 12 hours of grace. */
const MAX_SENTIMENT_AGE_MS = 36 * HOUR_MS;
/** FRED: working days only, with holidays and a publication lag. */
const MAX_FRED_AGE_MS = 10 * DAY_MS;
/** Chain and derivatives figures: one value a day, one may be missing. */
const MAX_ONCHAIN_AGE_MS = 48 * HOUR_MS;

/** The longest month: a monthly value is the newest one there is for so long. */
const MONTHLY_PERIOD_MS = 31 * DAY_MS;

const MAX_SERIES_AGE_MS: Readonly<Record<SeriesName, number>> = {
  fear_greed: MAX_SENTIMENT_AGE_MS,
  dxy: MAX_FRED_AGE_MS,
  us10y: MAX_FRED_AGE_MS,
  vix: MAX_FRED_AGE_MS,
  m2_yoy: MAX_FRED_AGE_MS,
  fed_funds: MAX_FRED_AGE_MS,
  hash_rate: MAX_ONCHAIN_AGE_MS,
  difficulty: MAX_ONCHAIN_AGE_MS,
  active_addresses: MAX_ONCHAIN_AGE_MS,
  transactions: MAX_ONCHAIN_AGE_MS,
  nvt: MAX_ONCHAIN_AGE_MS,
  mvrv: MAX_ONCHAIN_AGE_MS,
  fees: MAX_ONCHAIN_AGE_MS,
  funding: MAX_ONCHAIN_AGE_MS,
  open_interest: MAX_ONCHAIN_AGE_MS,
  futures_premium: MAX_ONCHAIN_AGE_MS,
};

/**
 * The one place that says how old a value may be, in ms. A value of exactly the limit still counts; an
 * older one is absent and never replaced by another.
 */
export function maxCandleAgeMs(interval: CandleInterval): number {
  return MAX_CANDLE_AGE_PERIODS * CANDLE_INTERVAL_MS[interval];
}

/** A price that is the close of a candle follows the rule of 1-hour candles: it cannot be fresher than they are. */
export function maxPriceAgeMs(traits: SourceTraits): number {
  return traits.priceFrom === 'ticker' ? MAX_PRICE_AGE_MS : maxCandleAgeMs('1h');
}

/** A monthly series gets one month more than the limit, as its newest value is that old before the next one exists. */
export function maxSeriesAgeMs(name: SeriesName, traits: SourceTraits): number {
  return MAX_SERIES_AGE_MS[name] + (traits.monthlySeries.includes(name) ? MONTHLY_PERIOD_MS : 0);
}

/** Why a tool has no value. The words are those of the console. */
export const ABSENCE_REASONS = {
  tool_inactive: 'tool switched off',
  // An API that the tool needs is switched off.
  source_inactive: 'API switched off',
  // The source could not be asked; the log has the message.
  source_failed: 'source failed',
  no_data: 'no value',
  // The newest value is older than its kind allows.
  too_old: 'value too old',
} as const;

export type AbsenceReason = keyof typeof ABSENCE_REASONS;

/** What a tool answers: the value, or why there is none. Never a substitute. */
export type Reading<T> = { readonly value: T; readonly absent: null } | Absent;

interface Absent {
  readonly value: null;
  readonly absent: AbsenceReason;
}

/** The same of candles, which do not say themselves whose they are. */
export type CandleReading =
  | { readonly value: readonly Candle[]; readonly absent: null; readonly source: string }
  | Absent;

export function present<T>(value: T): Reading<T> {
  return { value, absent: null };
}

export function absent(reason: AbsenceReason): Absent {
  return { value: null, absent: reason };
}

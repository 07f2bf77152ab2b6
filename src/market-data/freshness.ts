import type { Candle } from '../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS } from './market-data-source.js';
import type { CandleInterval, SeriesName, SourceTraits } from './market-data-source.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An older ticker price is stale. */
const MAX_PRICE_AGE_MS = 2 * MINUTE_MS;
/** Maximum age of the last closed candle, in candle lengths. */
const MAX_CANDLE_AGE_PERIODS = 2;

/** Fear and greed: one value per day, plus 12 hours of tolerance. */
const MAX_SENTIMENT_AGE_MS = 36 * HOUR_MS;
/** FRED: working days only, with holidays and a publication delay. */
const MAX_FRED_AGE_MS = 10 * DAY_MS;
/** Chain and derivatives figures: one value per day; one may be missing. */
const MAX_ONCHAIN_AGE_MS = 48 * HOUR_MS;

/** The longest month: a monthly value remains the newest for this long. */
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
 * All limits for the age of values are defined in this file, in ms. A value of exactly the limit is fresh; an older one
 * is absent and never replaced by another.
 */
export function maxCandleAgeMs(interval: CandleInterval): number {
  return MAX_CANDLE_AGE_PERIODS * CANDLE_INTERVAL_MS[interval];
}

/**
 * The limit for prices. A price from a candle's close follows the rule for 1-hour candles, because it cannot be
 * fresher.
 */
export function maxPriceAgeMs(traits: SourceTraits): number {
  return traits.priceFrom === 'ticker' ? MAX_PRICE_AGE_MS : maxCandleAgeMs('1h');
}

/**
 * The limit for a series. A monthly one gets an extra month, because its newest value gets that old before the next
 * appears.
 */
export function maxSeriesAgeMs(name: SeriesName, traits: SourceTraits): number {
  return MAX_SERIES_AGE_MS[name] + (traits.monthlySeries.includes(name) ? MONTHLY_PERIOD_MS : 0);
}

/** Reasons for a tool without a value, with the texts of the console. */
export const ABSENCE_REASONS = {
  tool_inactive: 'tool switched off',
  // An API that the tool needs is switched off.
  source_inactive: 'API switched off',
  // The request to the source failed; the log has the message.
  source_failed: 'source failed',
  no_data: 'no value',
  // The newest value is older than its limit.
  too_old: 'value too old',
} as const;

export type AbsenceReason = keyof typeof ABSENCE_REASONS;

/** A tool's answer: the value, or the reason for its absence. Never a substitute. */
export type Reading<T> = { readonly value: T; readonly absent: null } | Absent;

interface Absent {
  readonly value: null;
  readonly absent: AbsenceReason;
}

/** A reading of candles, with their source, which candles themselves do not carry. */
export type CandleReading =
  | { readonly value: readonly Candle[]; readonly absent: null; readonly source: string }
  | Absent;

export function present<T>(value: T): Reading<T> {
  return { value, absent: null };
}

export function absent(reason: AbsenceReason): Absent {
  return { value: null, absent: reason };
}

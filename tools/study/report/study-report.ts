import type { Interval } from '../statistics/block-bootstrap.js';
import type { Distribution } from '../statistics/distribution.js';
import type { Difference } from '../look-ahead/look-ahead-check.js';

/** How the scores stand to the return of the days that followed. */
export interface HorizonReport {
  readonly days: number;
  /** Looks with a score and a return. */
  readonly pairs: number;
  /** Spearman's correlation of score and return. */
  readonly information_coefficient: number | null;
  readonly information_coefficient_95: Interval | null;
  /** How often score (above or below neutral) and return had the same sign. */
  readonly hit_rate: number | null;
  readonly hit_rate_95: Interval | null;
  /** What as many scores of each sign at random times would have had. */
  readonly hit_rate_by_chance: number | null;
  /** Days of neighbouring looks that a resample of the interval keeps together. */
  readonly block_days: number;
  readonly mean_return_percent: number | null;
  /** Signal -> mean return after it, with how often it was given. */
  readonly after_signal: Readonly<Record<string, { readonly looks: number; readonly mean_return_percent: number }>>;
}

export interface SeriesReport {
  /** Business agent, or `conviction`. */
  readonly name: string;
  /** The value that means neither: 0, of the conviction 50. */
  readonly neutral: number;
  readonly opinions: number;
  readonly without_opinion: number;
  readonly mean_confidence: number | null;
  readonly distribution: Distribution | null;
  /** Signal -> share of the opinions, 0..1. */
  readonly signals: Readonly<Record<string, number>>;
  /** Of the scores with themselves so many days later. */
  readonly autocorrelation: readonly { readonly lag_days: number; readonly value: number | null }[];
  readonly horizons: readonly HorizonReport[];
}

export interface LookAheadReport {
  readonly looks_compared: number;
  readonly differences: readonly Difference[];
}

export interface StudyReport {
  readonly symbol: string;
  readonly from: string;
  /** Not included. */
  readonly until: string;
  readonly every_minutes: number;
  readonly looks: number;
  readonly looks_without_price: number;
  readonly resamples: number;
  readonly series: readonly SeriesReport[];
  readonly look_ahead: LookAheadReport;
}

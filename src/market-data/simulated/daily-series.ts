import { SERIES_SYMBOL, type SeriesName } from '../market-data-source.js';
import { coinOf, type PriceLevels, Sequence, startOfDay } from './price-levels.js';
import { randomStream } from './random-stream.js';

/** The inputs of a day's value. None of them is later than the start of that day. */
interface DayView {
  readonly day: number;
  /** Fluctuates over months; mean 0, standard deviation 1. */
  readonly slow: number;
  /** Fluctuates over days; mean 0, standard deviation 1. */
  readonly fast: number;
  /** Change of the logarithm of the BTC price over this many days. */
  bitcoinMove(days: number): number;
  /** BTC price / its long-run price. */
  readonly bitcoinRatio: number;
  /** 1 in a volatile or bearish regime, otherwise 0; as of the day before. */
  readonly stress: number;
  /** {@link slow} on another day. */
  slowOn(day: number): number;
}

/** Time until half of a deviation has decayed, days. */
const SLOW_HALF_LIFE = 90;
const FAST_HALF_LIFE = 3;
const HASH_RATE_GROWTH_PER_YEAR = 0.3;
/** TH/s at the start of 2025, about the real level. */
const HASH_RATE_2025 = 7.5e8;
const DAYS_BETWEEN_DIFFICULTY_CHANGES = 14;
const DAYS_BETWEEN_FED_MEETINGS = 42;

/**
 * Levels resemble those of the years around 2025; movements are invented. However, sentiment, valuation and funding
 * follow the simulated price, and the VIX follows its regime.
 */
const VALUE_OF_DAY: Readonly<Record<SeriesName, (view: DayView) => number>> = {
  fear_greed: ({ bitcoinMove, fast }) =>
    Math.round(
      clamp(50 + 32 * Math.tanh(bitcoinMove(30) / 0.2) + 12 * Math.tanh(bitcoinMove(7) / 0.08) + 4 * fast, 1, 99),
    ),
  dxy: ({ slow, fast }) => round(clamp(101.5 + 2.8 * slow + 0.4 * fast, 90, 114), 2),
  us10y: ({ slow, fast }) => round(clamp(4.2 + 0.4 * slow + 0.05 * fast, 0.5, 7), 2),
  vix: ({ slow, fast, stress }) => round(clamp(17.5 + 3 * slow + 1.5 * fast + 4 * stress, 12, 40), 2),
  m2_yoy: ({ slow }) => round(clamp(4.5 + 2 * slow, -3, 12), 2),
  fed_funds: ({ day, slowOn }) => {
    const decidedOn = day - (day % DAYS_BETWEEN_FED_MEETINGS);
    return clamp(Math.round((4 + 0.8 * slowOn(decidedOn)) * 4) / 4, 0, 7) + 0.08;
  },
  hash_rate: (view) => Math.round(hashRateTrend(view.day, view.slow) * Math.exp(0.05 * view.fast)),
  difficulty: ({ day, slowOn }) => {
    const setOn = day - (day % DAYS_BETWEEN_DIFFICULTY_CHANGES);
    // Hashes per second * 600 seconds per block / 2^32 hashes per unit of difficulty.
    return Math.round((hashRateTrend(setOn, slowOn(setOn)) * 1e12 * 600) / 2 ** 32);
  },
  active_addresses: ({ slow, fast }) => Math.round(720_000 * Math.exp(0.08 * slow + 0.05 * fast)),
  transactions: ({ slow, fast }) => Math.round(420_000 * Math.exp(0.1 * slow + 0.06 * fast)),
  nvt: ({ slow, fast }) => round(70 * Math.exp(0.25 * slow + 0.05 * fast), 2),
  mvrv: ({ bitcoinRatio, slow }) => round(clamp(1.9 * bitcoinRatio * Math.exp(0.05 * slow), 0.5, 6), 3),
  fees: ({ slow, fast }) => round(9 * Math.exp(0.45 * slow + 0.2 * fast), 4),
  funding: ({ bitcoinMove, fast }) => fundingOf(bitcoinMove(7), fast),
  open_interest: ({ bitcoinMove, slow, fast }) =>
    round(450_000 * Math.exp(0.12 * slow + 0.04 * fast + 0.1 * Math.tanh(bitcoinMove(30) / 0.2)), 1),
  futures_premium: ({ bitcoinMove, fast }) =>
    round(clamp(7 + 8 * Math.tanh(bitcoinMove(30) / 0.2) + 1.5 * fast, -12, 40), 3),
};

/** The daily series: pure functions of (seed, name, day). The value of a day becomes known at its 00:00 UTC. */
export class DailySeries {
  private readonly slow = new Map<SeriesName, Sequence<number>>();
  private readonly fast = new Map<SeriesName, Sequence<number>>();
  private readonly fastFunding = new Map<string, Sequence<number>>();

  constructor(
    private readonly seed: string,
    private readonly levels: PriceLevels,
  ) {
    for (const name of Object.keys(VALUE_OF_DAY) as SeriesName[]) {
      this.slow.set(name, wander(`${seed} ${name} slow`, SLOW_HALF_LIFE));
      this.fast.set(name, wander(`${seed} ${name} fast`, FAST_HALF_LIFE));
    }
    this.fastFunding.set(SERIES_SYMBOL, this.fast.get('funding')!);
    // Difficulty follows from the hash rate and has no fluctuation of its own.
    this.slow.set('difficulty', this.slow.get('hash_rate')!);
  }

  valueOn(name: SeriesName, day: number): number {
    const { levels } = this;
    const slow = this.slow.get(name)!;
    const level = levels.at('BTC', day).level;
    const regimeBefore = levels.regime(day - 1);
    return VALUE_OF_DAY[name]({
      day,
      slow: slow.at(day),
      fast: this.fast.get(name)!.at(day),
      bitcoinMove: (days) => level - levels.at('BTC', day - days).level,
      bitcoinRatio: Math.exp(level) / coinOf('BTC').longRunPrice,
      stress: regimeBefore === 'wild' || regimeBefore === 'bear' ? 1 : 0,
      slowOn: (other) => slow.at(other),
    });
  }

  /** Funding rate of a simulated coin; for BTC it equals the series `funding`. */
  fundingOn(symbol: string, day: number): number {
    const levelOn = (on: number): number => this.levels.at(symbol, on).level;
    return fundingOf(levelOn(day) - levelOn(day - 7), this.fastFundingOf(symbol).at(day));
  }

  private fastFundingOf(symbol: string): Sequence<number> {
    let fast = this.fastFunding.get(symbol);
    if (!fast) {
      fast = wander(`${this.seed} funding ${symbol} fast`, FAST_HALF_LIFE);
      this.fastFunding.set(symbol, fast);
    }
    return fast;
  }
}

/** A first-order autoregression with mean 0 and variance 1. */
function wander(name: string, halfLifeDays: number): Sequence<number> {
  const random = randomStream(name);
  const memory = 0.5 ** (1 / halfLifeDays);
  const surprise = Math.sqrt(1 - memory ** 2);
  return new Sequence(random.normal(), (previous) => memory * previous + surprise * random.normal());
}

/**
 * Funding rises with the recent price move: longs pay after a rise. @param move of the logarithm of the price over a
 * week.
 */
function fundingOf(move: number, fast: number): number {
  return round(1e-4 + 2e-4 * Math.tanh(move / 0.1) + 3e-5 * fast, 8);
}

function hashRateTrend(day: number, slow: number): number {
  const years = (startOfDay(day) - Date.UTC(2025, 0, 1)) / (365.25 * 24 * 60 * 60_000);
  return HASH_RATE_2025 * Math.exp(HASH_RATE_GROWTH_PER_YEAR * years + 0.05 * slow);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}

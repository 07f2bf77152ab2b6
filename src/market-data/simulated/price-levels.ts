import { randomStream, type RandomStream } from './random-stream.js';

/**
 * A sequence in which each element follows from the previous one. Elements are computed on first use, in order, and
 * cached, so that results do not depend on the order of requests.
 */
export class Sequence<T> {
  private readonly elements: T[];

  constructor(
    first: T,
    private readonly next: (previous: T, index: number) => T,
  ) {
    this.elements = [first];
  }

  /** The element at an index; an index below 0 gives the first. */
  at(index: number): T {
    const wanted = Math.max(0, index);
    while (this.elements.length <= wanted) {
      this.elements.push(this.next(this.elements.at(-1)!, this.elements.length));
    }
    return this.elements[wanted]!;
  }
}

/** The parameters of a simulated coin. */
interface Coin {
  /** The price it reverts to in the long run, USDT. */
  readonly longRunPrice: number;
  /** Weight of the market's movement in the coin's; the rest is noise of its own. */
  readonly marketShare: number;
  /** Its volatility relative to the market's. */
  readonly volatilityFactor: number;
  /** Average hourly volume, base units. */
  readonly volumePerHour: number;
}

/** Coins with roughly realistic parameters. */
const KNOWN_COINS: Readonly<Record<string, Coin>> = {
  BTC: { longRunPrice: 65_000, marketShare: 1, volatilityFactor: 1, volumePerHour: 1_400 },
  ETH: { longRunPrice: 3_200, marketShare: 0.85, volatilityFactor: 1.1, volumePerHour: 15_000 },
};

/** Symbols in the format of venues. */
const SYMBOL = /^[A-Z0-9]{1,20}$/;

/** Whether the simulated market has this coin: true for any symbol that a channel may trade. */
export function isSimulated(symbol: string): boolean {
  return SYMBOL.test(symbol);
}

/**
 * The parameters of a coin. An unknown coin gets invented ones that depend only on its name: a long-run price of 20 to
 * 500, more volatility than the market, and a turnover of about 20 million per hour.
 *
 * @throws Error for an invalid symbol, see {@link isSimulated}.
 */
export function coinOf(symbol: string): Coin {
  const known = Object.hasOwn(KNOWN_COINS, symbol) ? KNOWN_COINS[symbol] : undefined;
  if (known) return known;
  if (!isSimulated(symbol)) throw new Error(`There is no simulated coin "${symbol}".`);
  const random = randomStream(`figures of ${symbol}`);
  const longRunPrice = Math.round(20 * 25 ** random.uniform());
  return {
    longRunPrice,
    marketShare: 0.6 + 0.25 * random.uniform(),
    volatilityFactor: 1.1 + 0.4 * random.uniform(),
    volumePerHour: Math.round(20_000_000 / longRunPrice),
  };
}

/** Reversion to the long-run price per day: half of a deviation decays in about four months. */
const PULL_PER_DAY = 0.006;
/** Spread of the daily volatility within a regime; the source of the fat tails. */
const VOLATILITY_SPREAD = 0.35;
/** Largest daily move of the logarithm, up or down. */
const LARGEST_DAILY_MOVE = 0.25;

interface MarketDay {
  readonly regime: RegimeName;
  /** Standard deviation of the market's move on this day. */
  readonly volatility: number;
  readonly shock: number;
}

/** The state of a coin at 00:00 UTC of a day. */
interface CoinDay {
  /** Natural logarithm of the price. */
  readonly level: number;
  /** Standard deviation of the PREVIOUS day's move; the price path within that day uses it. */
  readonly volatilityBefore: number;
}

/**
 * The price of each coin at the start of each day: a mean-reverting random walk whose drift and volatility follow
 * regimes shared by all coins. A pure function of (seed, symbol, day).
 */
export class PriceLevels {
  private readonly market: Sequence<MarketDay>;
  private readonly coins = new Map<string, Sequence<CoinDay>>();

  constructor(private readonly seed: string) {
    const random = randomStream(`${seed} market`);
    const dayIn = (regime: RegimeName): MarketDay => {
      // The square of the factor has mean 1, so that the regime's volatility is also the average one.
      const factor = Math.exp(VOLATILITY_SPREAD * random.normal() - VOLATILITY_SPREAD ** 2);
      return { regime, volatility: REGIMES[regime].volatilityPerDay * factor, shock: random.normal() };
    };
    this.market = new Sequence(dayIn('calm'), (previous) => dayIn(nextRegime(previous.regime, random)));
  }

  /** @throws Error for an invalid symbol, see {@link isSimulated}. */
  at(symbol: string, day: number): CoinDay {
    let coin = this.coins.get(symbol);
    if (!coin) this.coins.set(symbol, (coin = this.walk(symbol, coinOf(symbol))));
    return coin.at(day);
  }

  regime(day: number): RegimeName {
    return this.market.at(day).regime;
  }

  private walk(symbol: string, coin: Coin): Sequence<CoinDay> {
    const random = randomStream(`${this.seed} coin ${symbol}`);
    const longRun = Math.log(coin.longRunPrice);
    const ownShare = Math.sqrt(1 - coin.marketShare ** 2);
    return new Sequence<CoinDay>({ level: longRun, volatilityBefore: 0 }, ({ level }, day) => {
      const { regime, volatility, shock } = this.market.at(day - 1);
      const volatilityBefore = volatility * coin.volatilityFactor;
      const surprise = coin.marketShare * shock + ownShare * random.normal();
      const move = PULL_PER_DAY * (longRun - level) + REGIMES[regime].driftPerDay + volatilityBefore * surprise;
      return { level: level + clamp(move, -LARGEST_DAILY_MOVE, LARGEST_DAILY_MOVE), volatilityBefore };
    });
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

type RegimeName = 'bull' | 'bear' | 'calm' | 'wild';

/** A market phase of some weeks. */
interface Regime {
  /** Mean daily change of the logarithm of the price. */
  readonly driftPerDay: number;
  /** Standard deviation of that change. */
  readonly volatilityPerDay: number;
  /** Probability that the next day has the same regime; {@link followedBy} shares the rest. */
  readonly staysWithProbability: number;
  readonly followedBy: readonly RegimeName[];
}

/** Average durations: bull and bear 5 weeks, calm 4 weeks, wild 12 days. */
const REGIMES: Readonly<Record<RegimeName, Regime>> = {
  bull: {
    driftPerDay: 0.003,
    volatilityPerDay: 0.021,
    staysWithProbability: 0.972,
    followedBy: ['calm', 'calm', 'wild', 'bear'],
  },
  bear: {
    driftPerDay: -0.003,
    volatilityPerDay: 0.026,
    staysWithProbability: 0.972,
    followedBy: ['calm', 'calm', 'wild', 'bull'],
  },
  calm: {
    driftPerDay: 0,
    volatilityPerDay: 0.014,
    staysWithProbability: 0.965,
    followedBy: ['bull', 'bear', 'bull', 'bear', 'wild'],
  },
  wild: {
    driftPerDay: 0,
    volatilityPerDay: 0.042,
    staysWithProbability: 0.92,
    followedBy: ['bull', 'bear', 'calm'],
  },
};

function nextRegime(present: RegimeName, random: RandomStream): RegimeName {
  const { staysWithProbability, followedBy } = REGIMES[present];
  // Both numbers are always drawn, so that staying and changing consume equally many random numbers.
  const stays = random.uniform() < staysWithProbability;
  const choice = Math.floor(random.uniform() * followedBy.length);
  return stays ? present : followedBy[choice]!;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** The simulated market begins here ... */
export const FIRST_DAY_MS = Date.UTC(2015, 0, 1);
/** ... and ends here, which bounds the computation of any request. */
export const END_MS = Date.UTC(2100, 0, 1);

/** Number of the day that contains `time`; 0 is the first. Negative before the first day. */
export function dayOf(time: number): number {
  return Math.floor((time - FIRST_DAY_MS) / DAY_MS);
}

/** 00:00 UTC of a day, ms. */
export function startOfDay(day: number): number {
  return FIRST_DAY_MS + day * DAY_MS;
}

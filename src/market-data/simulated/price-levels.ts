import { randomStream, type RandomStream } from './random-stream.js';

/**
 * A sequence in which each element follows from the one before. Elements are computed when first asked
 * for, in order, and kept, so that the answer never depends on what was asked for earlier.
 */
export class Sequence<T> {
  private readonly elements: T[];

  constructor(
    first: T,
    private readonly next: (previous: T, index: number) => T,
  ) {
    this.elements = [first];
  }

  /** The element of that index; an index below 0 gives the first. */
  at(index: number): T {
    const wanted = Math.max(0, index);
    while (this.elements.length <= wanted) {
      this.elements.push(this.next(this.elements.at(-1)!, this.elements.length));
    }
    return this.elements[wanted]!;
  }
}

/** What distinguishes the simulated coins. */
interface Coin {
  /** The price that it returns to in the long run, USDT. */
  readonly longRunPrice: number;
  /** Share of the market's movement in its own; the rest is its own noise. */
  readonly marketShare: number;
  /** Its volatility against the market's. */
  readonly volatilityFactor: number;
  /** Traded in an average hour, base units. */
  readonly volumePerHour: number;
}

/** Coins whose figures are about the real ones. */
const KNOWN_COINS: Readonly<Record<string, Coin>> = {
  BTC: { longRunPrice: 65_000, marketShare: 1, volatilityFactor: 1, volumePerHour: 1_400 },
  ETH: { longRunPrice: 3_200, marketShare: 0.85, volatilityFactor: 1.1, volumePerHour: 15_000 },
};

/** Symbols as venues write them. */
const SYMBOL = /^[A-Z0-9]{1,20}$/;

/** Whether the simulated market has a coin of that name: any name that a channel may trade. */
export function isSimulated(symbol: string): boolean {
  return SYMBOL.test(symbol);
}

/**
 * The coin of that name. One without figures of its own gets made-up ones that follow from its name alone: a price of 20
 * to 500 in the long run, wilder than the market, and with a turnover of about 20 million an hour.
 *
 * @throws Error for what is no symbol, see {@link isSimulated}.
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

/** Pull towards the long-run price per day: half of a deviation is gone after about four months. */
const PULL_PER_DAY = 0.006;
/** Spread of the daily volatility within a regime; the source of the fat tails. */
const VOLATILITY_SPREAD = 0.35;
/** No day moves by more than this (logarithm), up or down. */
const LARGEST_DAILY_MOVE = 0.25;

interface MarketDay {
  readonly regime: RegimeName;
  /** Standard deviation of this day's move of the market. */
  readonly volatility: number;
  readonly shock: number;
}

/** The state of a coin at 00:00 UTC of a day. */
interface CoinDay {
  /** Natural logarithm of the price. */
  readonly level: number;
  /** Standard deviation of the move of the day BEFORE; the path inside that day uses it. */
  readonly volatilityBefore: number;
}

/**
 * The price of each coin at the beginning of each day: a mean-reverting random walk whose drift and
 * volatility follow regimes that all coins share. A pure function of (seed, symbol, day).
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

  /** @throws Error for what is no symbol, see {@link isSimulated}. */
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

/** How the market behaves for some weeks. */
interface Regime {
  /** Mean change of the logarithm of the price per day. */
  readonly driftPerDay: number;
  /** Standard deviation of the same. */
  readonly volatilityPerDay: number;
  /** Probability that the next day is in the same regime; the rest is shared by {@link followedBy}. */
  readonly staysWithProbability: number;
  readonly followedBy: readonly RegimeName[];
}

/** Average stays: bull and bear 5 weeks, calm 4, wild 12 days. */
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
  // Both numbers are always drawn, so that a stay and a change use up the same part of the sequence.
  const stays = random.uniform() < staysWithProbability;
  const choice = Math.floor(random.uniform() * followedBy.length);
  return stays ? present : followedBy[choice]!;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** The simulated market begins here ... */
export const FIRST_DAY_MS = Date.UTC(2015, 0, 1);
/** ... and ends here, so that no request can make it compute without bound. */
export const END_MS = Date.UTC(2100, 0, 1);

/** Number of the day that contains `time`; 0 is the first. Negative before the beginning. */
export function dayOf(time: number): number {
  return Math.floor((time - FIRST_DAY_MS) / DAY_MS);
}

/** 00:00 UTC of a day, ms. */
export function startOfDay(day: number): number {
  return FIRST_DAY_MS + day * DAY_MS;
}

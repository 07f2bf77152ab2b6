import type { RandomStream } from './random-stream.js';

export type RegimeName = 'bull' | 'bear' | 'calm' | 'wild';

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
export const REGIMES: Readonly<Record<RegimeName, Regime>> = {
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

export function nextRegime(present: RegimeName, random: RandomStream): RegimeName {
  const { staysWithProbability, followedBy } = REGIMES[present];
  // Both numbers are always drawn, so that a stay and a change use up the same part of the sequence.
  const stays = random.uniform() < staysWithProbability;
  const choice = Math.floor(random.uniform() * followedBy.length);
  return stays ? present : followedBy[choice]!;
}

import { blockBootstrap, runningSums, sumOver, type Interval } from './block-bootstrap.js';

/** How often the sign of the score was that of the return that followed. */
export interface HitRate {
  /** 0..1; null without a score that leans to one side. */
  readonly value: number | null;
  /** What scores that lean to each side as often, but at random times, would have had. */
  readonly byChance: number | null;
  /** 95 % of {@link value}. */
  readonly interval: Interval | null;
}

/** Scores of 0 say nothing and do not count. @param scores around 0, in the order of time, as are the returns. */
export function hitRate(scores: readonly number[], returns: readonly number[], blockLength: number): HitRate {
  const calls = scores.map((score, index) => [Math.sign(score), Math.sign(returns[index]!)] as const);
  const leaning = calls.filter(([call]) => call !== 0);
  const count = leaning.length;
  if (count === 0) return { value: null, byChance: null, interval: null };
  const share = (test: (call: number, outcome: number) => boolean): number =>
    leaning.filter(([call, outcome]) => test(call, outcome)).length / count;
  const up = share((call) => call > 0);
  const hits = runningSums(leaning.map(([call, outcome]) => Number(call === outcome)));
  return {
    value: hits[count]! / count,
    byChance: up * share((_, outcome) => outcome > 0) + (1 - up) * share((_, outcome) => outcome < 0),
    interval: blockBootstrap(count, blockLength, (resample) => sumOver(hits, resample) / count),
  };
}

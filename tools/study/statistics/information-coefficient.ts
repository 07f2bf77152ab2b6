import { blockBootstrap, type Interval } from './block-bootstrap.js';
import { PairSums } from './correlation.js';
import { ranksOf } from './ranks.js';

/** How well the order of the scores foretells the order of the returns. */
export interface InformationCoefficient {
  /** Spearman's rank correlation, -1..1; null when one of the two does not vary. */
  readonly value: number | null;
  /** 95 %; null when there are too few observations for it. */
  readonly interval: Interval | null;
}

/**
 * Spearman's correlation of scores and the returns that followed, with an interval from a block bootstrap. The resamples
 * use the ranks of the whole sample, which spares ranking each of them again.
 *
 * @param scores in the order of time, as are the returns.
 */
export function informationCoefficient(
  scores: readonly number[],
  returns: readonly number[],
  blockLength: number,
): InformationCoefficient {
  const count = scores.length;
  if (count < 3) return { value: null, interval: null };
  const pairs = new PairSums(ranksOf(scores), ranksOf(returns));
  return {
    value: pairs.correlation(),
    interval: blockBootstrap(count, blockLength, (resample) => pairs.correlationIn(resample)),
  };
}

import { runningSums, sumOver, type Resample } from './block-bootstrap.js';

/** Pairs whose correlation can be had for the whole and for resamples of it, without walking through them again. */
export class PairSums {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly xx: Float64Array;
  private readonly yy: Float64Array;
  private readonly xy: Float64Array;

  constructor(x: readonly number[], y: readonly number[]) {
    this.x = runningSums(x);
    this.y = runningSums(y);
    this.xx = runningSums(x.map((value) => value * value));
    this.yy = runningSums(y.map((value) => value * value));
    this.xy = runningSums(x.map((value, index) => value * y[index]!));
  }

  /** Pearson's correlation of all pairs. Null when one of the two does not vary. */
  correlation(): number | null {
    const count = this.x.length - 1;
    return this.correlationIn({ starts: Int32Array.of(0), length: count, lastLength: count });
  }

  /** The same of a resample of as many pairs. */
  correlationIn(resample: Resample): number | null {
    const count = this.x.length - 1;
    const [x, y] = [sumOver(this.x, resample), sumOver(this.y, resample)];
    const [xx, yy] = [sumOver(this.xx, resample), sumOver(this.yy, resample)];
    const varianceX = xx - (x * x) / count;
    const varianceY = yy - (y * y) / count;
    // Of values that are all equal the differences are rounding errors of the sums.
    if (!(varianceX > xx * 1e-12 && varianceY > yy * 1e-12)) return null;
    const covariance = sumOver(this.xy, resample) - (x * y) / count;
    return Math.min(1, Math.max(-1, covariance / Math.sqrt(varianceX * varianceY)));
  }
}

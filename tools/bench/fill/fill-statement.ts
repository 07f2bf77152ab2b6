import type { FillSizes } from './fill-sizes.js';

/** One set-based statement of the fill. */
export interface FillStatement {
  /** The rows that it makes, for the progress line. */
  readonly what: string;
  readonly sql: string;
  readonly values?: (context: FillContext) => unknown[];
}

export interface FillContext extends FillSizes {
  /** Hash of the password that all traders of the bench have. */
  readonly passwordHash: string;
}

import { z } from 'zod';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';

/** A number as text, in the format of exchanges and FRED: no exponent, no NaN, no Infinity. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A price as text: above 0. */
export const priceText = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .refine((text) => Number(text) > 0);

/** ms since the epoch, in this century. */
export const timeMs = z
  .number()
  .int()
  .min(Date.UTC(2000, 0, 1))
  .max(Date.UTC(2100, 0, 1));

/** s since the epoch, in this century. */
export const timeSeconds = z
  .number()
  .int()
  .min(Date.UTC(2000, 0, 1) / 1000)
  .max(Date.UTC(2100, 0, 1) / 1000);

/** A date such as 2024-01-31. */
export const isoDate = z.iso.date();

export const DAY_MS = 24 * 60 * 60_000;

/** A value and the time at which it became known, ms. */
export interface DatedValue {
  readonly knownAt: number;
  readonly value: number;
}

/**
 * Converts values to the format of the toolbox: ascending, one per time. An API that lists a time twice has corrected
 * itself, so the later entry counts.
 */
export function observedValues(source: string, values: readonly DatedValue[]): ObservedValue[] {
  const byTime = new Map(values.map(({ knownAt, value }) => [knownAt, value]));
  return [...byTime]
    .sort(([one], [other]) => one - other)
    .map(([knownAt, value]) => ({ value, source, observed_at: new Date(knownAt).toISOString() }));
}

/** A date such as 2024-01-31 for the query of an API, UTC. */
export function dateText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

import { z } from 'zod';

/** A number as text, as exchanges and FRED write it: no exponent, no NaN, no Infinity. */
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

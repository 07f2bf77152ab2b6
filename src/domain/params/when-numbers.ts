import type { z } from 'zod';

/**
 * Runs a rule across fields as soon as the fields it reads are numbers, whatever is wrong with the others.
 * By default zod leaves such rules out after the first violation, and a caller would learn of them one by one.
 */
export function whenNumbers(...fields: readonly string[]): (payload: z.core.ParsePayload) => boolean {
  return ({ value }) => {
    if (typeof value !== 'object' || value === null) return false;
    const given = value as Readonly<Record<string, unknown>>;
    return fields.every((field) => typeof given[field] === 'number');
  };
}

import { z } from 'zod';
import type { Analysis } from '../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../domain/analysis/score.js';

/** zod accepts only finite numbers: NaN and Infinity never pass. */
const share = z.number().min(0).max(1);

const factor = z.object({
  name: z.string().min(1),
  value: z.number(),
  source: z.string().min(1),
  observed_at: z.iso.datetime(),
  normalised: z.number().min(-1).max(1),
  weight: z.number().positive(),
  contribution: z.number(),
});
const absentFactor = z.object({ name: z.string().min(1), weight: z.number().positive(), reason: z.string().min(1) });

const base = {
  confidence: share,
  reasoning: z.string(),
  factors: z.array(factor),
  absent: z.array(absentFactor),
};
const analysis: z.ZodType<Analysis> = z.object({
  ...base,
  score: z.number().min(-100).max(100),
  signal: z.enum(['BULLISH', 'BEARISH', 'NEUTRAL']),
  outputs: z.record(z.string(), z.union([z.number(), z.string(), z.null()])).optional(),
});
const unavailable: z.ZodType<UnavailableAnalysis> = z.object({
  ...base,
  unavailable: z.enum(['no_factors', 'too_few_factors']),
});

/** An agent's output is outside the allowed form or bounds. */
export class InvalidAnalysis extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'InvalidAnalysis';
  }
}

/**
 * Validates the output of an agent: a single NaN would reach every portfolio of the definition.
 *
 * @throws InvalidAnalysis naming the first invalid field.
 */
export function checkedAnalysis(output: unknown): Analysis | UnavailableAnalysis {
  const isObject = typeof output === 'object' && output !== null;
  const result = (isObject && 'unavailable' in output ? unavailable : analysis).safeParse(output);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new InvalidAnalysis(`${issue.path.join('.') || 'output'}: ${issue.message}`);
}

import { z } from 'zod';
import { Money } from '../../domain/money/decimal.js';
import { sanitizeText } from '../../platform/database/database-text.js';
import type { LlmSettings } from '../../registry/llm-settings.js';
import { LlmFailure, type FailureCost, type Cost, type TokenUsage } from './llm-failure.js';
import type { Question } from './question.js';
import type { Verdict } from '../../domain/analysis/score.js';

const MOST_REASONING_CHARACTERS = 2000;
/** More than any question needs; a provider that reports more has miscounted. */
const MOST_TOKENS = 10_000_000;

/** Some providers answer in parts, like messages; parts without text carry no verdict. */
const contentPart = z.object({ text: z.string().nullish() });
const textOfParts = (parts: readonly z.infer<typeof contentPart>[]): string =>
  parts.map(({ text }) => text ?? '').join('');

/** The part of a `POST /chat/completions` answer that is read (OpenAI, "Create chat completion"). */
export const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.union([z.string(), z.array(contentPart).transform(textOfParts)]).nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.unknown()).nullish(),
        }),
      }),
    )
    .min(1),
  // Omitted by local servers and gateways.
  usage: z.unknown().optional(),
});
export type Completion = z.infer<typeof completionSchema>;

const tokens = z.int().min(0).max(MOST_TOKENS);
const usageSchema = z.object({ prompt_tokens: tokens, completion_tokens: tokens });

/** zod accepts only finite numbers: neither NaN nor 1e999, which JSON.parse turns into Infinity. */
const verdictSchema: z.ZodType<Verdict> = z.strictObject({
  score: z.number().min(-100).max(100),
  confidence: z.number().min(0).max(1),
  reasoning: z.string().max(MOST_REASONING_CHARACTERS).transform(plainLine).pipe(z.string().min(1)),
});

/** The provider's token counts; `unknown` if missing or implausible. */
export function usageOf({ usage }: Completion): FailureCost {
  const told = usageSchema.safeParse(usage);
  if (!told.success) return 'unknown';
  return { prompt: told.data.prompt_tokens, completion: told.data.completion_tokens };
}

/**
 * Values of `finish_reason` for a complete answer. A missing value counts as complete, because an incomplete verdict is
 * not valid JSON.
 */
const ENDED: ReadonlySet<string> = new Set(['', 'stop', 'eos', 'end_turn', 'stop_sequence', 'completed']);
const CUT_OFF: ReadonlySet<string> = new Set(['length', 'max_tokens']);
/** `sensitive` is used by Zhipu. */
const REFUSED: ReadonlySet<string> = new Set(['content_filter', 'sensitive', 'safety', 'refusal']);

const FENCE = '```';
const THOUGHTS = { begin: '<think>', end: '</think>' } as const;

/** The model's whole text, for storage; empty when it wrote nothing. */
export function textOf({ choices }: Completion): string {
  const { content, refusal } = choices[0]!.message;
  return [content, refusal].filter(Boolean).join('\n');
}

/**
 * The verdict in a completion. @throws LlmFailure `llm_refused` or `llm_invalid_answer`, with the text of the answer.
 */
export function verdictOf(completion: Completion): Verdict {
  const { finish_reason: ending, message } = completion.choices[0]!;
  const failure = (code: 'llm_refused' | 'llm_invalid_answer', detail: string): LlmFailure =>
    new LlmFailure(code, detail, usageOf(completion), textOf(completion));
  const how = ending?.toLowerCase() ?? '';
  if (message.refusal || REFUSED.has(how)) throw failure('llm_refused', 'The model refuses to answer.');
  if (message.tool_calls?.length) throw failure('llm_invalid_answer', 'The model calls a tool; it was given none.');
  if (CUT_OFF.has(how))
    throw failure('llm_invalid_answer', 'The answer was cut off at its longest, llm_answer_tokens.');
  if (!ENDED.has(how)) throw failure('llm_invalid_answer', 'The answer did not come to its end.');
  let content: unknown;
  try {
    content = JSON.parse(withoutFence(withoutThoughts(message.content ?? '')));
  } catch {
    throw failure('llm_invalid_answer', 'The answer is not JSON.');
  }
  const result = verdictSchema.safeParse(content);
  if (result.success) return result.data;
  const { code, path } = result.error.issues[0]!;
  // The path of an unknown field is text of the model, so the message omits it.
  const place = code === 'unrecognized_keys' ? 'the whole' : path.join('.') || 'the whole';
  throw failure('llm_invalid_answer', `The answer is not as it should be: ${place} (${code}).`);
}

/** Removes the reasoning that some models and servers write before the answer. */
function withoutThoughts(text: string): string {
  const trimmed = text.trimStart();
  const end = trimmed.indexOf(THOUGHTS.end);
  return trimmed.startsWith(THOUGHTS.begin) && end > 0 ? trimmed.slice(end + THOUGHTS.end.length) : text;
}

/**
 * The contents of the only code fence in the text: many models wrap JSON in one despite their instructions, with words
 * around it. Returns the text itself without a fence, with several, or with one of another language. Uses split and
 * indexOf, because a regular expression would backtrack catastrophically on an answer of newlines.
 */
function withoutFence(text: string): string {
  const [, fenced, after, ...more] = text.split(FENCE);
  if (fenced === undefined || after === undefined || more.length > 0) return text;
  const opened = fenced.indexOf('\n');
  return opened >= 0 && ['', 'json'].includes(fenced.slice(0, opened).trim().toLowerCase())
    ? fenced.slice(opened)
    : text;
}

/** Plain text on one line, without control characters and characters that change how the rest is displayed. */
function plainLine(text: string): string {
  return sanitizeText(text.replaceAll(/(?!\u{200d})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')).trim();
}

/** Tokens that a provider adds to a question's texts to separate its messages; an upper limit. */
const TOKENS_AROUND = 64;
const MILLION = 1_000_000;
const SCALE = 18;

type Prices = Pick<LlmSettings, 'inputPrice' | 'outputPrice'>;

/** USD for prompt and completion tokens, rounded up to 18 places, so that rounding cannot exceed a budget. */
function costOf({ prompt, completion }: TokenUsage, { inputPrice, outputPrice }: Prices): Money {
  const price = inputPrice.times(prompt).plus(outputPrice.times(completion));
  return price.div(MILLION).toDecimalPlaces(SCALE, Money.ROUND_UP);
}

/** The maximum cost of a question, USD; a token is at least one byte. */
export function largestCost(
  { bytes }: Pick<Question, 'bytes'>,
  settings: Prices & Pick<LlmSettings, 'answerTokens'>,
): Money {
  return costOf({ prompt: bytes + TOKENS_AROUND, completion: settings.answerTokens }, settings);
}

/** The actual cost of a question; the reserved amount if the provider does not report its usage. */
export function actualCost(told: FailureCost, reserved: Money, prices: Prices): Cost {
  if (told === 'nothing') return { amount: new Money(0), isKnown: true };
  if (told === 'unknown') return { amount: reserved, isKnown: false };
  return { amount: costOf(told, prices), isKnown: true };
}

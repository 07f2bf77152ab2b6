import { z } from 'zod';
import { Money } from '../../domain/money/decimal.js';
import { sanitizeText } from '../../platform/database/database-text.js';
import type { LlmSettings } from '../../registry/llm-settings.js';
import { LlmFailure, type FailureCost, type Cost, type TokenUsage } from './llm-failure.js';
import type { Question } from './question.js';
import type { Verdict } from '../../domain/analysis/score.js';

const MOST_REASONING_CHARACTERS = 2000;
/** More than any question takes; a provider that says so counts wrong. */
const MOST_TOKENS = 10_000_000;

/** Some providers answer in parts, as messages may be sent; parts that are no text carry no verdict. */
const contentPart = z.object({ text: z.string().nullish() });
const textOfParts = (parts: readonly z.infer<typeof contentPart>[]): string =>
  parts.map(({ text }) => text ?? '').join('');

/** An answer of `POST /chat/completions`, as far as it is read (OpenAI, "Create chat completion"). */
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
  // Local servers and gateways leave it out.
  usage: z.unknown().optional(),
});
export type Completion = z.infer<typeof completionSchema>;

const tokens = z.int().min(0).max(MOST_TOKENS);
const usageSchema = z.object({ prompt_tokens: tokens, completion_tokens: tokens });

/** zod's numbers are finite: neither NaN nor 1e999, which JSON.parse makes Infinity of, passes. */
const verdictSchema: z.ZodType<Verdict> = z.strictObject({
  score: z.number().min(-100).max(100),
  confidence: z.number().min(0).max(1),
  reasoning: z.string().max(MOST_REASONING_CHARACTERS).transform(plainLine).pipe(z.string().min(1)),
});

/** What the provider says it counted; `unknown` where it says nothing that can be. */
export function usageOf({ usage }: Completion): FailureCost {
  const told = usageSchema.safeParse(usage);
  if (!told.success) return 'unknown';
  return { prompt: told.data.prompt_tokens, completion: told.data.completion_tokens };
}

/** How providers say that an answer is whole. Those that say nothing are taken at their word: a verdict is whole or no JSON. */
const ENDED: ReadonlySet<string> = new Set(['', 'stop', 'eos', 'end_turn', 'stop_sequence', 'completed']);
const CUT_OFF: ReadonlySet<string> = new Set(['length', 'max_tokens']);
/** `sensitive` is Zhipu's. */
const REFUSED: ReadonlySet<string> = new Set(['content_filter', 'sensitive', 'safety', 'refusal']);

const FENCE = '```';
const THOUGHTS = { begin: '<think>', end: '</think>' } as const;

/** All that the model wrote, to be kept; empty when it wrote nothing. */
export function textOf({ choices }: Completion): string {
  const { content, refusal } = choices[0]!.message;
  return [content, refusal].filter(Boolean).join('\n');
}

/** The verdict in a completion. @throws LlmFailure `llm_refused` or `llm_invalid_answer`, with what was written. */
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
  // The path of an unknown field would be what the model wrote.
  const place = code === 'unrecognized_keys' ? 'the whole' : path.join('.') || 'the whole';
  throw failure('llm_invalid_answer', `The answer is not as it should be: ${place} (${code}).`);
}

/** Without the reasoning that some models and servers write in front of the answer. */
function withoutThoughts(text: string): string {
  const trimmed = text.trimStart();
  const end = trimmed.indexOf(THOUGHTS.end);
  return trimmed.startsWith(THOUGHTS.begin) && end > 0 ? trimmed.slice(end + THOUGHTS.end.length) : text;
}

/**
 * What the only code fence of the text holds: many models put JSON into one, whatever they are told, and words around it.
 * The text itself where it has no fence, several, or one of another language. Read by places, not by a pattern: on an answer
 * of nothing but line ends a pattern would try for days.
 */
function withoutFence(text: string): string {
  const [, fenced, after, ...more] = text.split(FENCE);
  if (fenced === undefined || after === undefined || more.length > 0) return text;
  const opened = fenced.indexOf('\n');
  return opened >= 0 && ['', 'json'].includes(fenced.slice(0, opened).trim().toLowerCase())
    ? fenced.slice(opened)
    : text;
}

/** Text that shows as it is, on one line: without controls and what changes how the rest is read. */
function plainLine(text: string): string {
  return sanitizeText(text.replaceAll(/(?!\u{200d})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')).trim();
}

/** What a provider adds to the texts of a question to tell its messages apart; a few tokens each. */
const TOKENS_AROUND = 64;
const MILLION = 1_000_000;
const SCALE = 18;

type Prices = Pick<LlmSettings, 'inputPrice' | 'outputPrice'>;

/** USD for tokens read and written, rounded up to 18 places: a budget must not be exceeded by what was rounded off. */
function costOf({ prompt, completion }: TokenUsage, { inputPrice, outputPrice }: Prices): Money {
  const price = inputPrice.times(prompt).plus(outputPrice.times(completion));
  return price.div(MILLION).toDecimalPlaces(SCALE, Money.ROUND_UP);
}

/** The most that a question can cost, USD: no token is shorter than a byte. */
export function largestCost(
  { bytes }: Pick<Question, 'bytes'>,
  settings: Prices & Pick<LlmSettings, 'answerTokens'>,
): Money {
  return costOf({ prompt: bytes + TOKENS_AROUND, completion: settings.answerTokens }, settings);
}

/** What a question did cost; where the provider does not tell, what was set aside for it. */
export function actualCost(told: FailureCost, reserved: Money, prices: Prices): Cost {
  if (told === 'nothing') return { amount: new Money(0), isKnown: true };
  if (told === 'unknown') return { amount: reserved, isKnown: false };
  return { amount: costOf(told, prices), isKnown: true };
}

import { Money } from '../../domain/money/decimal.js';
import type { LlmSettings } from '../../registry/llm-settings.js';
import type { Cost, FailureCost, TokenUsage } from './llm-failure.js';
import type { Question } from './question.js';

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

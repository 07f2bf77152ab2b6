import { DecisionFault } from '../fault.js';
import { readMoney } from '../money/decimal.js';
import type { DecisionAgent } from './decision-agent.js';
import { LARGEST_COUNT, type Decision, type Reason, type DecisionContext } from './decision.js';

const SIGNALS: ReadonlySet<unknown> = new Set(['BUY', 'SELL', 'HOLD']);
const RISK_LEVELS: ReadonlySet<unknown> = new Set(['LOW', 'MEDIUM', 'HIGH']);
/** A leap year. */
const LARGEST_HOLD_HOURS = 8784;
const REASON_CODE = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * Validates the answer of a decision agent. Hand-written instead of a schema for speed: it runs once for every instance
 * of every run.
 *
 * @throws DecisionFault `decision_invalid` naming the first wrong field: a wrong type, NaN, Infinity, a number out of
 *   range, or a HOLD that asks for execution.
 */
export function checkDecision(answer: unknown): Decision {
  if (!isObject(answer)) throw invalid('decision', answer);
  const decision = answer as Record<keyof Decision, unknown>;
  check(decision, 'conviction_score', nullOr(within(0, 100)));
  check(decision, 'weighted_score', nullOr(Number.isFinite));
  check(decision, 'risk_factor', nullOr(within(0, Number.MAX_VALUE)));
  check(decision, 'contributions', numbersOnly);
  check(decision, 'signal', (value) => SIGNALS.has(value));
  check(decision, 'signal_strength', within(0, Number.MAX_VALUE));
  check(decision, 'position_size', decision.signal === 'HOLD' ? (value) => value === 0 : within(0, 1));
  check(decision, 'entry', (value) => value === undefined || value === null || isEntry(value, decision.signal));
  check(decision, 'risk_level', (value) => RISK_LEVELS.has(value));
  check(decision, 'should_execute', (value) => value === false || (value === true && decision.signal !== 'HOLD'));
  check(decision, 'reasons', (value) => Array.isArray(value) && value.every(isReason));
  check(decision, 'distance_to_buy', nullOr(within(0, Number.MAX_VALUE)));
  check(decision, 'distance_to_sell', nullOr(within(0, Number.MAX_VALUE)));
  check(decision, 'next_state', isState);
  return answer as unknown as Decision;
}

type Test = (value: unknown) => boolean;

function check(decision: Record<keyof Decision, unknown>, field: keyof Decision, test: Test): void {
  if (!test(decision[field])) throw invalid(field, decision[field]);
}

function nullOr(test: Test): Test {
  return (value) => value === null || test(value);
}

function within(low: number, high: number): Test {
  return (value) => typeof value === 'number' && value >= low && value <= high;
}

function numbersOnly(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(Number.isFinite);
}

function isReason(value: unknown): value is Reason {
  if (!isObject(value) || typeof value['code'] !== 'string' || !REASON_CODE.test(value['code'])) return false;
  // Runs for about ten reasons of every instance, so it avoids the array that Object.values would create.
  for (const detail in value) if (!isDetail(value[detail])) return false;
  return true;
}

function isDetail(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean' || numbersOnly(value);
}

/** A long needs a BUY, a short needs a SELL. For a long the target is above the stop, for a short below. */
function isEntry(value: unknown, signal: unknown): boolean {
  if (!isObject(value)) return false;
  const { side, quantity, leverage, stop_loss: stop, take_profit: target, stop_distance: distance } = value;
  if (!(side === 'long' ? signal === 'BUY' : side === 'short' && signal === 'SELL')) return false;
  if (![quantity, leverage, stop, distance].every(isPositiveMoney)) return false;
  if (!(Number(leverage) >= 1)) return false;
  const hours = value['hold_hours'];
  if (!(typeof hours === 'number' && hours > 0 && hours <= LARGEST_HOLD_HOURS)) return false;
  if (target === null) return true;
  if (!isPositiveMoney(target)) return false;
  return side === 'long' ? Number(stop) < Number(target) : Number(stop) > Number(target);
}

function isPositiveMoney(value: unknown): boolean {
  return typeof value === 'string' && (readMoney(value)?.gt(0) ?? false);
}

function isState(value: unknown): boolean {
  return isObject(value) && isCount(value['consecutive_bullish_count']) && isCount(value['consecutive_bearish_count']);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_COUNT;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(field: string, value: unknown): DecisionFault {
  const shown = typeof value === 'number' || typeof value === 'string' ? String(value).slice(0, 50) : typeof value;
  return new DecisionFault('decision_invalid', `The decision agent answered ${shown} as ${field}.`);
}

/**
 * Asks a decision agent and checks its answer; the context's params must already be valid. Runs, what-ifs, replays and
 * checks of stored decisions all use it. Pure: the same context gives the same decision.
 *
 * @throws DecisionFault `decision_agent_failed` or `decision_invalid`.
 */
export function decideWith(agent: DecisionAgent, context: DecisionContext<unknown>): Decision {
  let answer: unknown;
  try {
    answer = agent.decide(context);
  } catch (cause) {
    throw new DecisionFault('decision_agent_failed', `${agent.name} failed; the log has the cause.`, { cause });
  }
  // A promise is not a valid decision. Its later rejection, if unhandled, would end the process.
  if (answer instanceof Promise) answer.catch(() => undefined);
  return checkDecision(answer);
}

/** The answer of a decision agent for one instance. */
export type DecisionAnswer = (
  | { readonly decision: Decision; readonly fault: null }
  | { readonly decision: null; readonly fault: DecisionFault }
) & {
  readonly durationUs: number;
};

/**
 * Asks a decision agent about many instances and cuts it off when it hangs, which pure rules cannot do themselves.
 *
 * @returns one answer per context, in the same order.
 */
export type AskDecisionAgent = (
  agent: DecisionAgent,
  contexts: readonly DecisionContext<unknown>[],
) => Promise<readonly DecisionAnswer[]>;

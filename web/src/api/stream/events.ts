import type { Schemas } from '../client.js';

/** Data of the stream events that affect cached queries, by event name. */
export interface Happenings {
  readonly 'definition.tick': Schemas['TickEventView'];
  readonly 'run.finished': Schemas['RunEventView'];
  readonly 'executions.recorded': Schemas['ExecutionsEventView'];
  readonly 'strategies.valued': Schemas['ValuationEventView'];
  readonly 'strategy.changed': Schemas['StrategyEventView'];
}

export type Happening = {
  readonly [Type in keyof Happenings]: { readonly type: Type; readonly data: Happenings[Type] };
}[keyof Happenings];

export const HAPPENINGS = [
  'definition.tick',
  'run.finished',
  'executions.recorded',
  'strategies.valued',
  'strategy.changed',
] as const satisfies readonly Happening['type'][];

/** A cached query, and the definition of its strategy where known. */
interface Question {
  readonly key: readonly unknown[];
  readonly definitionId: number | undefined;
}

/** Queries about one strategy: `[what, id, ...]`. */
const OF_STRATEGY = new Set([
  'strategy',
  'executions',
  'trades',
  'trades-since',
  'snapshots',
  'ledger',
  'exits',
  'performance',
  'params-history',
]);

/** Queries among them that a valuation does not change. */
const BEYOND_VALUES = new Set(['executions', 'params-history']);

/** Whether an event may change the answer of a query. */
export function concerns({ type, data }: Happening, { key, definitionId }: Question): boolean {
  const [what, subject] = key;
  if (what === 'runs' || what === 'convictions')
    return type.match(/^(definition|run)\./) !== null && subject === definitionOf(data);
  if (what === 'system') return type !== 'strategies.valued';
  if (type === 'definition.tick') return false;
  if (what === 'strategies') return true;
  if (!OF_STRATEGY.has(String(what))) return false;
  if (type === 'strategies.valued' && BEYOND_VALUES.has(String(what))) return false;
  if (type === 'run.finished' || type === 'strategies.valued')
    return definitionId === undefined || definitionId === data.strategy_definition_id;
  if (type === 'strategy.changed') return subject === data.strategy_id;
  return data.executions.some((execution) => execution.strategy_id === subject);
}

function definitionOf(data: Happening['data']): number {
  return data.strategy_definition_id;
}

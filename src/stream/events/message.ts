import type { SignedInUser } from '../../auth/access.js';
import { knowsRunsOf, visibilityFor } from '../../instances/visibility.js';
import type { RecordedEvent, RecordedExecution, RunEvent } from './event.store.js';
import type {
  ExecutionsEventView,
  RunEventView,
  StrategyEventView,
  StreamStateView,
  TickEventView,
  ValuationEventView,
} from './event.view.js';

export type StreamMessage =
  | { readonly type: 'definition.tick'; readonly data: TickEventView }
  | { readonly type: 'run.finished'; readonly data: RunEventView }
  | { readonly type: 'executions.recorded'; readonly data: ExecutionsEventView }
  | { readonly type: 'strategy.changed'; readonly data: StrategyEventView }
  | { readonly type: 'strategies.valued'; readonly data: ValuationEventView }
  | { readonly type: 'ready' | 'reset' | 'heartbeat' | 'end'; readonly data: StreamStateView };

export type Listener = Pick<SignedInUser, 'id' | 'role'>;

/**
 * The message for a listener, or null when they may not see the event. It holds only ids and times: clients read the
 * data through the API, which applies visibility.
 * @param executions recorded by the chunks of this batch, for all listeners.
 */
export function messageFor(
  viewer: Listener,
  event: RecordedEvent,
  executions: readonly RecordedExecution[],
): StreamMessage | null {
  if (event.kind === 'instance') {
    if (visibilityFor(viewer, event) === 'none') return null;
    const { portfolio_id: strategy_id, strategy_definition_id, version } = event;
    return { type: 'strategy.changed', data: { strategy_id, strategy_definition_id, version } };
  }
  if (event.kind === 'chunk') return ownExecutions(viewer, event, executions);
  if (!knowsRunsOf(viewer, event)) return null;
  if (event.kind === 'valuation') {
    const { strategy_definition_id, occurred_at } = event;
    return { type: 'strategies.valued', data: { strategy_definition_id, valued_at: occurred_at.toISOString() } };
  }
  const { strategy_definition_id, run_id, scheduled_for, finished_at } = event;
  if (event.kind === 'tick') {
    const data = { strategy_definition_id, run_id, scheduled_for: scheduled_for.toISOString() };
    return { type: 'definition.tick', data };
  }
  // Null only for a run that an operator reset by hand.
  if (finished_at === null) return null;
  return { type: 'run.finished', data: { strategy_definition_id, run_id, finished_at: finished_at.toISOString() } };
}

/**
 * Lists only the viewer's own strategies: a run has one execution per strategy, and `run.finished` reaches everybody.
 */
function ownExecutions(
  viewer: Listener,
  { run_id, chunk_index, strategy_definition_id }: RunEvent,
  executions: readonly RecordedExecution[],
): StreamMessage | null {
  const own = executions.filter(
    (one) => one.run_id === run_id && one.chunk_index === chunk_index && one.user_id === viewer.id,
  );
  if (own.length === 0) return null;
  const found = own.map(({ execution_id: id, strategy_id }) => ({ id, strategy_id }));
  return { type: 'executions.recorded', data: { strategy_definition_id, run_id, executions: found } };
}

import type { Schemas } from '../../api/client.js';
import { observed } from '../../params/current-market.js';
import type { BrokenPoint } from '../../parts/broken-line.js';

type Run = Pick<Schemas['RunView'], 'scheduled_for' | 'finished_at' | 'analyses' | 'market_snapshot'>;

/**
 * Scores of each agent and prices of the runs, oldest first. A missing score is a gap; a missing price is left out.
 */
export function scoreCurves(runs: readonly Run[]): {
  readonly scores: ReadonlyMap<string, readonly BrokenPoint[]>;
  readonly price: readonly { readonly at: string; readonly value: number }[];
} {
  const ended = runs.filter(({ finished_at }) => finished_at !== null).toReversed();
  const agents = new Set(ended.flatMap(({ analyses }) => (analyses ?? []).map(({ agent_name }) => agent_name)));
  const scoresOf = (agent: string): BrokenPoint[] =>
    ended.map(({ scheduled_for: at, analyses }) => ({
      at,
      value: analyses?.find(({ agent_name }) => agent_name === agent)?.score ?? null,
    }));
  const price = ended.flatMap(({ scheduled_for: at, market_snapshot }) => {
    const paid = observed(market_snapshot, 'price');
    return typeof paid === 'string' ? [{ at, value: Number(paid) }] : [];
  });
  return { scores: new Map([...agents].map((agent) => [agent, scoresOf(agent)])), price };
}

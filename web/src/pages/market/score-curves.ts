import type { Schemas } from '../../api/client.js';
import { observed } from '../../params/current-market.js';
import type { BrokenPoint } from '../../parts/broken-line.js';

type Run = Pick<Schemas['RunView'], 'scheduled_for' | 'finished_at' | 'analyses' | 'market_snapshot'>;

/**
 * Each agent's scores, and the price, over these runs; oldest first. Where an agent said nothing in a run its line has a
 * gap; a price that a run does not have is left out.
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

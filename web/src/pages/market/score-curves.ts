import type { Schemas } from '../../api/client.js';
import { observed } from '../../params/current-market.js';

type Run = Pick<Schemas['RunView'], 'scheduled_for' | 'analyses' | 'market_snapshot'>;

export interface ScorePoint {
  readonly at: string;
  readonly value: number;
}

/** Each agent's scores, and the price, over these runs; oldest first. What a run does not have is left out. */
export function scoreCurves(runs: readonly Run[]): {
  readonly scores: ReadonlyMap<string, readonly ScorePoint[]>;
  readonly price: readonly ScorePoint[];
} {
  const scores = new Map<string, ScorePoint[]>();
  const price: ScorePoint[] = [];
  for (const { scheduled_for: at, analyses, market_snapshot } of runs.toReversed()) {
    const paid = observed(market_snapshot, 'price');
    if (typeof paid === 'string') price.push({ at, value: Number(paid) });
    for (const { agent_name, score } of analyses ?? []) {
      if (score === null) continue;
      scores.set(agent_name, [...(scores.get(agent_name) ?? []), { at, value: score }]);
    }
  }
  return { scores, price };
}

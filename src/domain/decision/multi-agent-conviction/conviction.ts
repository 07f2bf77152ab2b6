import type { DecisionMarket, Reason } from '../decision.js';
import { reason } from '../reason-codes.js';

/** The combined opinion of the business agents, before any threshold. */
export interface Conviction {
  /** Sum of score * weight. */
  readonly weightedScore: number;
  /** Product of the risk factors, 0..1. */
  readonly riskFactor: number;
  /** 0..100, 50 neutral. */
  readonly conviction: number;
  /** Agent -> score * weight. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly reasons: readonly Reason[];
}

/** W = sum(score * weight), R from the market, conviction = clamp((W * R + 100) / 2, 0, 100). */
export function convictionOf(
  businessAgents: readonly string[],
  analyses: Readonly<Record<string, { readonly score: number }>>,
  weights: Readonly<Record<string, number>>,
  market: DecisionMarket,
): Conviction {
  const reasons: Reason[] = [];
  const contributions: Record<string, number> = {};
  let weightedScore = 0;
  for (const agent of businessAgents) {
    const given = analyses[agent]!.score;
    const used = clamp(given, -100, 100);
    if (used !== given) reasons.push(reason('score_clamped', { agent, given, used }));
    const contribution = used * weights[agent]!;
    contributions[agent] = contribution;
    weightedScore += contribution;
  }
  const risks = riskFactorsOf(market);
  const riskFactor = risks.reduce((product, risk) => product * risk.factor, 1);
  const conviction = clamp((weightedScore * riskFactor + 100) / 2, 0, 100);
  reasons.push(
    ...risks.map((risk) => reason('risk_factor', { ...risk })),
    reason('conviction', {
      weighted_score: weightedScore,
      risk_factor: riskFactor,
      conviction,
      contributions,
    }),
  );
  return { weightedScore, riskFactor, conviction, contributions, reasons };
}

interface RiskFactor {
  readonly input: string;
  readonly value: number;
  readonly limit: number;
  readonly factor: number;
}

function riskFactorsOf(market: DecisionMarket): RiskFactor[] {
  const { fear_greed, change_24h_percent, dxy } = market;
  const factors: RiskFactor[] = [];
  if (fear_greed !== null) {
    const input = 'fear_greed';
    if (fear_greed < 20) factors.push({ input, value: fear_greed, limit: 20, factor: 0.7 });
    else if (fear_greed > 80) factors.push({ input, value: fear_greed, limit: 80, factor: 0.8 });
  }
  if (change_24h_percent !== null) {
    const input = 'change_24h_percent';
    const change = Math.abs(change_24h_percent);
    if (change > 10) factors.push({ input, value: change_24h_percent, limit: 10, factor: 0.75 });
    else if (change > 5) factors.push({ input, value: change_24h_percent, limit: 5, factor: 0.9 });
  }
  // The ICE dollar index is at about 100. The Fed's broad index, at about 120, would always trigger this.
  if (dxy !== null && dxy > 110) factors.push({ input: 'dxy', value: dxy, limit: 110, factor: 0.85 });
  return factors;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

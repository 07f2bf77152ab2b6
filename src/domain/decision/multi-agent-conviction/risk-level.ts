import type { DecisionMarket, Reason, RiskLevel } from '../decision.js';
import { reason } from '../reason-codes.js';

/**
 * Points for an extreme mood, a large change and an extreme conviction: 3 or more HIGH, 1 or 2 MEDIUM.
 * An absent value gives no point.
 */
export function riskLevelOf(
  market: DecisionMarket,
  conviction: number | null,
): { readonly level: RiskLevel; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  const point = (input: string, value: number, limit: number) =>
    reasons.push(reason('risk_point', { input, value, limit, points: 1 }));

  const { fear_greed, change_24h_percent: change } = market;
  if (fear_greed !== null && fear_greed < 30) point('fear_greed', fear_greed, 30);
  if (fear_greed !== null && fear_greed > 75) point('fear_greed', fear_greed, 75);
  if (change !== null && Math.abs(change) > 7) point('change_24h_percent', change, 7);
  if (change !== null && Math.abs(change) > 12) point('change_24h_percent', change, 12);
  if (conviction !== null && conviction < 40) point('conviction', conviction, 40);
  if (conviction !== null && conviction > 85) point('conviction', conviction, 85);

  const points = reasons.length;
  return { level: points >= 3 ? 'HIGH' : points >= 1 ? 'MEDIUM' : 'LOW', reasons };
}

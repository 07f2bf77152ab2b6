import type { Analysis } from '../../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { analyseSeries } from '../factors/series-factors.js';
import { ONCHAIN_FACTORS } from './onchain-factors.js';

/**
 * "Data Warden": the state of the Bitcoin network. For another symbol the same figures are read as the
 * state of the market that it follows, and the reasoning says so.
 */
export class OnchainAgent implements BusinessAgent {
  readonly name = 'onchain';
  readonly displayName = 'Data Warden';
  readonly description =
    'The Bitcoin network: mining, use, valuation and fees. For other symbols a proxy of the market.';
  readonly module = 'business-agents/onchain/onchain-agent';
  readonly className = 'OnchainAgent';
  readonly tools = ONCHAIN_FACTORS.map((factor) => factor.tool);
  readonly factors = ONCHAIN_FACTORS;

  async analyse({ symbol, tools }: AnalysisInput): Promise<Analysis | UnavailableAnalysis> {
    const analysis = await analyseSeries(ONCHAIN_FACTORS, tools);
    if (symbol === 'BTC') return analysis;
    return {
      ...analysis,
      reasoning: `${analysis.reasoning} Figures of the Bitcoin network, as a proxy for ${symbol}.`,
    };
  }
}

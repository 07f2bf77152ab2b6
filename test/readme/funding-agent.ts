import type { AnalysisInput, BusinessAgent } from '../../src/business-agents/business-agent.js';
import { analyseSeries, type SeriesFactor } from '../../src/business-agents/factors/series-factors.js';

const FACTORS: readonly SeriesFactor[] = [
  {
    name: 'funding',
    description: 'Mean funding rate of the perpetuals. Longs that pay much are a crowded trade.',
    unit: 'fraction per 8 hours',
    weight: 1,
    tool: 'get_funding',
    measure: 'newest',
    direction: 'lower_is_bullish',
    normalisation: [
      [-0.0003, 1],
      [0.0001, 0],
      [0.001, -1],
    ],
  },
];

export class FundingAgent implements BusinessAgent {
  readonly name = 'funding';
  readonly displayName = 'Funding Watch';
  readonly description = 'Says whether longs or shorts are crowded.';
  readonly module = 'business-agents/funding/funding-agent';
  readonly className = 'FundingAgent';
  readonly tools = FACTORS.map((factor) => factor.tool);
  readonly factors = FACTORS;

  analyse({ tools }: AnalysisInput) {
    return analyseSeries(FACTORS, tools);
  }
}

import type { AnalysisInput, BusinessAgent } from '../../src/business-agents/business-agent.js';
import { analyseSeries, type SeriesFactor } from '../../src/business-agents/factors/series-factors.js';

const FACTORS: readonly SeriesFactor[] = [
  {
    name: 'crowded_longs',
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

export class CrowdedLongsAgent implements BusinessAgent {
  readonly name = 'crowded_longs';
  readonly displayName = 'Crowded longs';
  readonly description = 'Says whether longs or shorts are crowded.';
  readonly module = '../test/extending/crowded-longs-agent';
  readonly className = 'CrowdedLongsAgent';
  readonly tools = FACTORS.map((factor) => factor.tool);
  readonly factors = FACTORS;

  analyse({ tools }: AnalysisInput) {
    return analyseSeries(FACTORS, tools);
  }
}

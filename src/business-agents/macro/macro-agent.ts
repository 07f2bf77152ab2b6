import type { Analysis } from '../../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { analyseSeries, type SeriesFactor } from '../factors/series-factors.js';

/** Factors of The Oracle. The weights add up to 1. */
export const MACRO_FACTORS: readonly SeriesFactor[] = [
  {
    name: 'fear_greed',
    description: 'Crypto fear and greed index. A rising mood is good up to 80; above 80 greed is a warning.',
    unit: '0..100',
    weight: 0.25,
    tool: 'get_fear_greed',
    measure: 'newest',
    direction: 'turning',
    normalisation: [
      [0, -1],
      [50, 0],
      [80, 0.8],
      [81, -0.2],
      [100, -1],
    ],
  },
  {
    name: 'dxy_30d_change',
    description: 'Change of the ICE dollar index over 30 days. A weaker dollar is good.',
    unit: '%',
    weight: 0.2,
    tool: 'get_dxy',
    measure: { days: 30, as: 'percent', meanOverDays: 1 },
    direction: 'lower_is_bullish',
    normalisation: [
      [-3, 1],
      [0, 0],
      [3, -1],
    ],
  },
  {
    name: 'us10y_30d_change',
    description: 'Change of the US 10-year yield over 30 days. Falling yields are good.',
    unit: 'percentage points',
    weight: 0.15,
    tool: 'get_us10y_yield',
    measure: { days: 30, as: 'points', meanOverDays: 1 },
    direction: 'lower_is_bullish',
    normalisation: [
      [-0.5, 1],
      [0, 0],
      [0.5, -1],
    ],
  },
  {
    name: 'vix',
    description: 'Level of the VIX. Calm stock markets are good; 20 is neutral.',
    unit: 'points',
    weight: 0.2,
    tool: 'get_vix',
    measure: 'newest',
    direction: 'lower_is_bullish',
    normalisation: [
      [12, 1],
      [20, 0],
      [40, -1],
    ],
  },
  {
    name: 'm2_growth',
    description: 'US money supply M2 against the year before. More money is good; 4 % is neutral.',
    unit: '%',
    weight: 0.1,
    tool: 'get_m2_growth',
    measure: 'newest',
    direction: 'higher_is_bullish',
    normalisation: [
      [-2, -1],
      [4, 0],
      [10, 1],
    ],
  },
  {
    name: 'fed_funds_90d_change',
    description: 'Change of the federal funds rate over 90 days, two meetings of the Fed. Cuts are good.',
    unit: 'percentage points',
    weight: 0.1,
    tool: 'get_fed_funds_rate',
    measure: { days: 90, as: 'points', meanOverDays: 1 },
    direction: 'lower_is_bullish',
    normalisation: [
      [-0.75, 1],
      [0, 0],
      [0.75, -1],
    ],
  },
];

/** "The Oracle": sentiment, dollar, rates, stock market volatility and money supply; the same for every symbol. */
export class MacroAgent implements BusinessAgent {
  readonly name = 'macro';
  readonly displayName = 'The Oracle';
  readonly description = 'Macro-economics and mood: fear and greed, the dollar, rates, the VIX and the money supply.';
  readonly module = 'business-agents/macro/macro-agent';
  readonly className = 'MacroAgent';
  readonly tools = MACRO_FACTORS.map((factor) => factor.tool);
  readonly factors = MACRO_FACTORS;

  analyse({ tools }: AnalysisInput): Promise<Analysis | UnavailableAnalysis> {
    return analyseSeries(MACRO_FACTORS, tools);
  }
}

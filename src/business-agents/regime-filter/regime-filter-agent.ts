import type { Analysis, AnalysisOutputs } from '../../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { analyseSeries, type SeriesFactor } from '../factors/series-factors.js';

/** Factors of the Regime Filter. The weights add up to 1. */
const REGIME_FACTORS: readonly SeriesFactor[] = [
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
    name: 'funding',
    description: 'Mean funding rate of the perpetuals. Longs that pay much are a crowded trade; .01 % is neutral.',
    unit: 'fraction per 8 hours',
    weight: 0.2,
    tool: 'get_funding',
    measure: 'newest',
    direction: 'lower_is_bullish',
    normalisation: [
      [-0.0003, 1],
      [0.0001, 0],
      [0.0005, -1],
    ],
  },
  {
    name: 'dxy_30d_change',
    description: 'Change of the ICE dollar index over 30 days. A weaker dollar is good.',
    unit: '%',
    weight: 0.15,
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
    name: 'vix',
    description: 'Level of the VIX. Calm stock markets are good; 20 is neutral.',
    unit: 'points',
    weight: 0.15,
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
    name: 'open_interest_7d_change',
    description: 'Change of the open interest of the perpetuals over 7 days. Leverage that piles up is fragile.',
    unit: '%',
    weight: 0.1,
    tool: 'get_open_interest',
    measure: { days: 7, as: 'percent', meanOverDays: 1 },
    direction: 'lower_is_bullish',
    normalisation: [
      [-20, 1],
      [0, 0],
      [20, -1],
    ],
  },
  {
    name: 'futures_premium',
    description:
      'Premium of the futures over spot. A moderate one shows demand and is good up to 10 %; beyond it is overheated, below 0 nobody wants to be long.',
    unit: '% a year',
    weight: 0.15,
    tool: 'get_futures_premium',
    measure: 'newest',
    direction: 'turning',
    normalisation: [
      [-10, -1],
      [0, 0],
      [10, 0.6],
      [20, 0],
      [40, -1],
    ],
  },
];

/** "Regime Filter": whether the market favours longs or shorts, and how strongly. */
export class RegimeFilterAgent implements BusinessAgent {
  readonly name = 'regime_filter';
  readonly displayName = 'Regime Filter';
  readonly description =
    'Mood, funding, dollar, VIX, open interest and futures premium as one score: 0 is a time for shorts, 100 one for longs.';
  readonly module = 'business-agents/regime-filter/regime-filter-agent';
  readonly className = 'RegimeFilterAgent';
  readonly tools = REGIME_FACTORS.map((factor) => factor.tool);
  readonly factors = REGIME_FACTORS;

  /** Outputs besides the score: `regime_score` 0..100, and the same scale for each factor, as `<factor>_score`. */
  async analyse({ tools }: AnalysisInput): Promise<Analysis | UnavailableAnalysis> {
    const analysis = await analyseSeries(REGIME_FACTORS, tools);
    if ('unavailable' in analysis) return analysis;
    return { ...analysis, outputs: this.restate(analysis) };
  }

  restate({ score, factors }: Analysis): AnalysisOutputs {
    const components = factors.map(({ name, normalised }) => [`${name}_score`, pointsOf(normalised)]);
    return { regime_score: pointsOf(score / 100), ...Object.fromEntries(components) };
  }
}

/** Maps -1..1 to 0..100. */
function pointsOf(normalised: number): number {
  return 50 * (1 + normalised);
}

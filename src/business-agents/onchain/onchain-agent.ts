import type { Analysis } from '../../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { analyseSeries, type SeriesFactor } from '../factors/series-factors.js';

/** Daily estimates jump by ten percent and depend on the weekday, so both ends are weekly means. */
const monthlyChange = { days: 30, as: 'percent', meanOverDays: 7 } as const;

/**
 * Factors of the Data Warden. The weights add up to 1. Mining grows in almost every month: with zero growth as the
 * neutral point, this agent would always advise to buy.
 */
export const ONCHAIN_FACTORS: readonly SeriesFactor[] = [
  {
    name: 'hash_rate_30d_change',
    description: 'Change of the hash rate over 30 days, means of a week. Growth above its usual 2.5 % is good.',
    unit: '%',
    weight: 0.25,
    tool: 'get_hash_rate',
    measure: monthlyChange,
    direction: 'higher_is_bullish',
    normalisation: [
      [-10, -1],
      [2.5, 0],
      [15, 1],
    ],
  },
  {
    name: 'difficulty_30d_change',
    description:
      'Change of the mining difficulty over 30 days (two adjustments). Growth above its usual 2.5 % is good.',
    unit: '%',
    weight: 0.15,
    tool: 'get_difficulty',
    measure: { days: 30, as: 'percent', meanOverDays: 1 },
    direction: 'higher_is_bullish',
    normalisation: [
      [-8, -1],
      [2.5, 0],
      [13, 1],
    ],
  },
  {
    name: 'active_addresses_30d_change',
    description: 'Change of the active addresses over 30 days, means of a week. More use is good.',
    unit: '%',
    weight: 0.15,
    tool: 'get_active_addresses',
    measure: monthlyChange,
    direction: 'higher_is_bullish',
    normalisation: [
      [-15, -1],
      [0, 0],
      [15, 1],
    ],
  },
  {
    name: 'transactions_30d_change',
    description: 'Change of the transactions over 30 days, means of a week. More use is good.',
    unit: '%',
    weight: 0.1,
    tool: 'get_transactions',
    measure: monthlyChange,
    direction: 'higher_is_bullish',
    normalisation: [
      [-20, -1],
      [0, 0],
      [20, 1],
    ],
  },
  {
    name: 'nvt',
    description:
      'Network value to transactions, mean of a week, in standard deviations from its mean of 140 days. A high value is ' +
      'bad: the price has run ahead of the use.',
    unit: 'standard deviations',
    weight: 0.15,
    tool: 'get_nvt',
    // The level has grown from 70 to 400 within ten years, as activity moved off the chain, so no fixed anchor lasts.
    measure: { levelOverDays: 7 },
    direction: 'lower_is_bullish',
    normalisation: [
      [-2, 1],
      [0, 0],
      [2, -1],
    ],
  },
  {
    name: 'mvrv',
    description: 'Market value to realised value. Below 1 holders are at a loss, which is good; above 3.5 is bad.',
    unit: 'ratio',
    weight: 0.15,
    tool: 'get_mvrv',
    measure: 'newest',
    direction: 'lower_is_bullish',
    normalisation: [
      [0.8, 1],
      [1, 0.8],
      [2, 0],
      [3.5, -0.8],
      [4.5, -1],
    ],
  },
  {
    name: 'fees_30d_change',
    description: 'Fee pressure: change of the network fees over 30 days, means of a week. More demand is good.',
    unit: '%',
    weight: 0.05,
    tool: 'get_fees',
    measure: monthlyChange,
    direction: 'higher_is_bullish',
    normalisation: [
      [-50, -1],
      [0, 0],
      [100, 1],
    ],
  },
];

/**
 * "Data Warden": the state of the Bitcoin network. For other symbols the same figures serve as a proxy for the whole
 * market, and the reasoning says so.
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

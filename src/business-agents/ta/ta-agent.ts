import type { Analysis, AbsentFactor } from '../../domain/analysis/analysis.js';
import { analysisFrom, type UnavailableAnalysis, type MeasuredFactor } from '../../domain/analysis/score.js';
import type { CandleReading } from '../../market-data/freshness.js';
import { CANDLE_HISTORY_COUNT } from '../../market-data/tools/market-tool.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { type FactorDefinition, normalise } from '../factors/factor-definition.js';
import { indicatorsOf, type Indicators } from './indicators.js';

/** A factor from the indicators of closed 1-hour candles. */
export interface TaFactor extends FactorDefinition {
  /**
   * With fewer candles the factor is absent, because a new average still reflects its first value more than the market.
   * Three times the longest span (six times for Wilder's slower averages); 250 for the 200-hour average.
   */
  readonly candlesNeeded: number;
  /** The raw value; null when an indicator is missing. */
  readonly read: (indicators: Indicators) => number | null;
}

/**
 * Factors of the Momentum Scout. The weights add up to 1. Distances are in average true ranges (ATR 14), so that calm
 * and volatile markets share a scale.
 */
const TA_FACTORS: readonly TaFactor[] = [
  {
    name: 'ema_9_over_20',
    description: 'EMA 9 minus EMA 20: the order of the fast averages. The faster one above is good.',
    unit: 'ATR',
    weight: 0.15,
    tool: 'get_candles',
    direction: 'higher_is_bullish',
    normalisation: [
      [-1, -1],
      [0, 0],
      [1, 1],
    ],
    candlesNeeded: 60,
    read: ({ ema9, ema20, atr14 }) => inRanges(difference(ema9, ema20), atr14),
  },
  {
    name: 'ema_20_over_50',
    description: 'EMA 20 minus EMA 50: the order of the middle averages. The faster one above is good.',
    unit: 'ATR',
    weight: 0.15,
    tool: 'get_candles',
    direction: 'higher_is_bullish',
    normalisation: [
      [-2, -1],
      [0, 0],
      [2, 1],
    ],
    candlesNeeded: 150,
    read: ({ ema20, ema50, atr14 }) => inRanges(difference(ema20, ema50), atr14),
  },
  {
    name: 'ema_50_over_200',
    description: 'EMA 50 minus EMA 200: the order of the slow averages. The faster one above is good.',
    unit: 'ATR',
    weight: 0.2,
    tool: 'get_candles',
    direction: 'higher_is_bullish',
    normalisation: [
      [-4, -1],
      [0, 0],
      [4, 1],
    ],
    candlesNeeded: 250,
    read: ({ ema50, ema200, atr14 }) => inRanges(difference(ema50, ema200), atr14),
  },
  {
    name: 'rsi_14',
    description:
      'RSI 14 (Wilder). Strength is good up to 70 and exhausted above; weakness is bad down to 30, below a rebound is near.',
    unit: '0..100',
    weight: 0.2,
    tool: 'get_candles',
    direction: 'turning',
    normalisation: [
      [0, 0.6],
      [15, 0],
      [30, -0.8],
      [50, 0],
      [70, 0.8],
      [85, 0],
      [100, -0.6],
    ],
    candlesNeeded: 84,
    read: ({ rsi14 }) => rsi14,
  },
  {
    name: 'macd_histogram',
    description: 'MACD 12/26 minus its signal line 9: whether the movement gains speed. Above 0 is good.',
    unit: 'ATR',
    weight: 0.2,
    tool: 'get_candles',
    direction: 'higher_is_bullish',
    normalisation: [
      [-0.5, -1],
      [0, 0],
      [0.5, 1],
    ],
    candlesNeeded: 105,
    read: ({ macdHistogram, atr14 }) => inRanges(macdHistogram, atr14),
  },
  {
    name: 'bollinger_position',
    description:
      'Place of the close between the Bollinger bands 20/2 (0 lower, 1 upper). Near the upper band the price is stretched, which is bad.',
    unit: 'fraction of the band',
    weight: 0.1,
    tool: 'get_candles',
    direction: 'lower_is_bullish',
    normalisation: [
      [-0.25, 1],
      [0.5, 0],
      [1.25, -1],
    ],
    candlesNeeded: 20,
    read: ({ bollinger, close }) => bollinger && placeInBand(close, bollinger.lower, bollinger.upper),
  },
];

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/** A market without any movement has a range of 0 and no distance. */
function inRanges(distance: number | null, range: number | null): number | null {
  if (distance === null || range === null) return null;
  return range > 0 ? distance / range : 0;
}

/** The middle if the band has no width. */
function placeInBand(close: number, lower: number, upper: number): number {
  return upper > lower ? (close - lower) / (upper - lower) : 0.5;
}

/** A factor's reading of candles and their indicators; absent with too few candles. */
export function readCandleFactor(
  factor: TaFactor,
  { value: candles, source }: Extract<CandleReading, { absent: null }>,
  indicators: Indicators,
): MeasuredFactor | AbsentFactor {
  const { name, weight, candlesNeeded, normalisation } = factor;
  const value = candles.length < candlesNeeded ? null : factor.read(indicators);
  if (value === null) return { name, weight, reason: 'too_little_history' };
  const observed_at = new Date(candles.at(-1)!.closeTime).toISOString();
  return { name, value, source, observed_at, normalised: normalise(value, normalisation), weight };
}

/** "Momentum Scout": trend, speed and overextension of the symbol's own price, from closed 1-hour candles. */
export class TaAgent implements BusinessAgent {
  readonly name = 'ta';
  readonly displayName = 'Momentum Scout';
  readonly description =
    'Technical analysis of 1-hour candles: EMA 9/20/50/200, RSI 14, MACD, Bollinger bands, ATR 14.';
  readonly module = 'business-agents/ta/ta-agent';
  readonly className = 'TaAgent';
  readonly tools = ['get_candles'] as const;
  readonly factors = TA_FACTORS;

  async analyse({ symbol, tools }: AnalysisInput): Promise<Analysis | UnavailableAnalysis> {
    const reading = await tools.candles(symbol, '1h', CANDLE_HISTORY_COUNT);
    if (reading.absent !== null) {
      const reason = reading.absent;
      return analysisFrom(
        [],
        TA_FACTORS.map(({ name, weight }) => ({ name, weight, reason })),
      );
    }
    const indicators = indicatorsOf(reading.value);
    const factors = TA_FACTORS.map((factor) => readCandleFactor(factor, reading, indicators));
    return analysisFrom(
      factors.filter((factor) => 'normalised' in factor),
      factors.filter((factor) => 'reason' in factor),
    );
  }
}

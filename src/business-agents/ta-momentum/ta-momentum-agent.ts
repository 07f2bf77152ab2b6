import type { AbsentFactor, Analysis, AnalysisOutputs, AnalysisSignal } from '../../domain/analysis/analysis.js';
import { analysisFrom } from '../../domain/analysis/score.js';
import type { MeasuredFactor, UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { CandleInterval } from '../../market-data/market-data-source.js';
import type { Tools } from '../../market-data/toolbox.js';
import { CANDLE_HISTORY_COUNT } from '../../market-data/tools/market-tool.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { indicatorsOf, type Indicators } from '../ta/indicators.js';
import { readCandleFactor, type TaFactor } from '../ta/ta-agent.js';

/** A factor from closed candles of one interval. */
interface MomentumFactor extends TaFactor {
  readonly interval: CandleInterval;
}

/** Trend, momentum and timing; 1-hour candles have a total weight of .7, 15-minute candles of .3. */
export const MOMENTUM_FACTORS: readonly MomentumFactor[] = [
  ...factorsOf('1h', { trend: 0.3, momentum: 0.25, timing: 0.15 }),
  ...factorsOf('15m', { trend: 0.13, momentum: 0.1, timing: 0.07 }),
];

function factorsOf(
  interval: CandleInterval,
  weights: { readonly trend: number; readonly momentum: number; readonly timing: number },
): MomentumFactor[] {
  const common = { interval, tool: 'get_candles' } as const;
  return [
    {
      ...common,
      name: `trend_${interval}`,
      description: `EMA 20 minus EMA 50 of ${interval} candles: the direction. The faster one above is good.`,
      unit: 'ATR',
      weight: weights.trend,
      direction: 'higher_is_bullish',
      normalisation: [
        [-2, -1],
        [0, 0],
        [2, 1],
      ],
      candlesNeeded: 150,
      read: ({ ema20, ema50, atr14 }) => inRanges(ema20 === null || ema50 === null ? null : ema20 - ema50, atr14),
    },
    {
      ...common,
      name: `momentum_${interval}`,
      description: `MACD 12/26 minus its signal line 9 of ${interval} candles: whether the movement gains speed. Above 0 is good.`,
      unit: 'ATR',
      weight: weights.momentum,
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
      ...common,
      name: `timing_${interval}`,
      description: `RSI 14 (Wilder) of ${interval} candles. Strength is good up to 70 and late above; weakness is bad down to 30, below it is late for a short.`,
      unit: '0..100',
      weight: weights.timing,
      direction: 'turning',
      normalisation: [
        [0, 0.2],
        [15, 0],
        [30, -1],
        [50, 0],
        [70, 1],
        [85, 0],
        [100, -0.2],
      ],
      candlesNeeded: 84,
      read: ({ rsi14 }) => rsi14,
    },
  ];
}

/** A market without any movement has a range of 0 and no distance. */
function inRanges(distance: number | null, range: number | null): number | null {
  if (distance === null || range === null) return null;
  return range > 0 ? distance / range : 0;
}

const DIRECTIONS: Readonly<Record<AnalysisSignal, 'LONG' | 'SHORT' | 'NEUTRAL'>> = {
  BULLISH: 'LONG',
  BEARISH: 'SHORT',
  NEUTRAL: 'NEUTRAL',
};

/**
 * "TA Momentum": direction and strength of the symbol's own price movement, from closed 1-hour and 15-minute candles.
 */
export class TaMomentumAgent implements BusinessAgent {
  readonly name = 'ta_momentum';
  readonly displayName = 'TA Momentum';
  readonly description = 'Trend, momentum and timing of 1-hour and 15-minute candles as a direction with a strength.';
  readonly module = 'business-agents/ta-momentum/ta-momentum-agent';
  readonly className = 'TaMomentumAgent';
  readonly tools = ['get_candles'] as const;
  readonly factors = MOMENTUM_FACTORS;

  /**
   * Outputs besides the score: `signal` LONG above 20, SHORT below -20, otherwise NEUTRAL; `strength` |score| / 100;
   * `confidence`; and `atr`, the ATR 14 of 1-hour candles in quote currency, null if unknown or 0. The params define
   * the stop distance.
   */
  async analyse({ symbol, tools }: AnalysisInput): Promise<Analysis | UnavailableAnalysis> {
    const [hours, quarters] = await Promise.all([
      readInterval(symbol, '1h', tools),
      readInterval(symbol, '15m', tools),
    ]);
    const readings = [...hours.readings, ...quarters.readings];
    const analysis = analysisFrom(
      readings.filter((reading) => 'normalised' in reading),
      readings.filter((reading) => 'reason' in reading),
    );
    if ('unavailable' in analysis) return analysis;
    const atr = hours.indicators?.atr14 || null;
    return { ...analysis, outputs: this.restate({ ...analysis, outputs: { atr } }) };
  }

  restate({ score, signal, confidence, outputs }: Analysis): AnalysisOutputs {
    const atr = outputs?.['atr'] ?? null;
    return { signal: DIRECTIONS[signal], strength: Math.abs(score) / 100, confidence, atr };
  }
}

async function readInterval(
  symbol: string,
  interval: CandleInterval,
  tools: Tools,
): Promise<{ readings: (MeasuredFactor | AbsentFactor)[]; indicators: Indicators | null }> {
  const factors = MOMENTUM_FACTORS.filter((factor) => factor.interval === interval);
  const reading = await tools.candles(symbol, interval, CANDLE_HISTORY_COUNT);
  if (reading.absent !== null) {
    const reason = reading.absent;
    return { readings: factors.map(({ name, weight }) => ({ name, weight, reason })), indicators: null };
  }
  const indicators = indicatorsOf(reading.value);
  return { readings: factors.map((factor) => readCandleFactor(factor, reading, indicators)), indicators };
}

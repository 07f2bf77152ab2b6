import type { AbsentFactor, Analysis, AnalysisOutputs, AnalysisSignal } from '../../domain/analysis/analysis.js';
import { analysisFrom } from '../../domain/analysis/score.js';
import type { MeasuredFactor, UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { CandleInterval } from '../../market-data/market-data-source.js';
import type { Tools } from '../../market-data/toolbox.js';
import { CANDLE_HISTORY_COUNT } from '../../market-data/tools/market-tool.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { indicatorsOf, type Indicators } from '../ta/indicators.js';
import { readCandleFactor } from '../ta/ta-factors.js';
import { MOMENTUM_FACTORS } from './momentum-factors.js';

const DIRECTIONS: Readonly<Record<AnalysisSignal, 'LONG' | 'SHORT' | 'NEUTRAL'>> = {
  BULLISH: 'LONG',
  BEARISH: 'SHORT',
  NEUTRAL: 'NEUTRAL',
};

/** "TA Momentum": direction and strength of the symbol's own movement, on closed 1-hour and 15-minute candles. */
export class TaMomentumAgent implements BusinessAgent {
  readonly name = 'ta_momentum';
  readonly displayName = 'TA Momentum';
  readonly description = 'Trend, momentum and timing of 1-hour and 15-minute candles as a direction with a strength.';
  readonly module = 'business-agents/ta-momentum/ta-momentum-agent';
  readonly className = 'TaMomentumAgent';
  readonly tools = ['get_candles'] as const;
  readonly factors = MOMENTUM_FACTORS;

  /**
   * Beside the score: `signal` LONG above 20, SHORT below -20, else NEUTRAL; `strength` |score| / 100; `confidence`; and
   * `atr`, the ATR 14 of 1-hour candles in quote currency, null where it is not known or the market stood still.
   * The distance of the stop is left to the params.
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

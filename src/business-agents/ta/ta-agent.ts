import type { AbsentFactor, Analysis } from '../../domain/analysis/analysis.js';
import { analysisFrom } from '../../domain/analysis/score.js';
import type { MeasuredFactor, UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { Candle } from '../../domain/market/market-snapshot.js';
import { CANDLE_HISTORY_COUNT } from '../../market-data/tools/market-tool.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { normalise } from '../factors/piecewise.js';
import { indicatorsOf } from './indicators.js';
import type { Indicators } from './indicators.js';
import { TA_FACTORS } from './ta-factors.js';
import type { TaFactor } from './ta-factors.js';

/** "Momentum Scout": trend, speed and stretch of the symbol's own price, on closed 1-hour candles. */
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
    const candles = reading.value;
    const indicators = indicatorsOf(candles);
    const factors = TA_FACTORS.map((factor) => readFactor(factor, candles, indicators));
    return analysisFrom(
      factors.filter((factor) => 'normalised' in factor),
      factors.filter((factor) => 'reason' in factor),
    );
  }
}

function readFactor(
  factor: TaFactor,
  candles: readonly Candle[],
  indicators: Indicators,
): MeasuredFactor | AbsentFactor {
  const { name, weight, tool, candlesNeeded, normalisation } = factor;
  const value = candles.length < candlesNeeded ? null : factor.read(indicators);
  if (value === null) return { name, weight, reason: 'too_little_history' };
  const observed_at = new Date(candles.at(-1)!.closeTime).toISOString();
  return { name, value, source: tool, observed_at, normalised: normalise(value, normalisation), weight };
}

import type { Analysis } from '../../domain/analysis/analysis.js';
import { analysisFrom } from '../../domain/analysis/score.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import { CANDLE_HISTORY_COUNT } from '../../market-data/tools/market-tool.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { indicatorsOf } from './indicators.js';
import { TA_FACTORS, readCandleFactor } from './ta-factors.js';

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
    const indicators = indicatorsOf(reading.value);
    const factors = TA_FACTORS.map((factor) => readCandleFactor(factor, reading, indicators));
    return analysisFrom(
      factors.filter((factor) => 'normalised' in factor),
      factors.filter((factor) => 'reason' in factor),
    );
  }
}

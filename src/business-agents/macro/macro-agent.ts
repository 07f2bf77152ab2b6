import type { Analysis } from '../../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { analyseSeries } from '../factors/series-factors.js';
import { MACRO_FACTORS } from './macro-factors.js';

/** "The Oracle": mood, dollar, rates, fear in the stock market and money supply; the same for every symbol. */
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

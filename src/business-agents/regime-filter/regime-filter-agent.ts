import type { Analysis, AnalysisOutputs } from '../../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { analyseSeries } from '../factors/series-factors.js';
import { REGIME_FACTORS } from './regime-factors.js';

/** "Regime Filter": whether the time is one for longs or for shorts, and how much of one. */
export class RegimeFilterAgent implements BusinessAgent {
  readonly name = 'regime_filter';
  readonly displayName = 'Regime Filter';
  readonly description =
    'Mood, funding, dollar, VIX, open interest and futures premium as one score: 0 is a time for shorts, 100 one for longs.';
  readonly module = 'business-agents/regime-filter/regime-filter-agent';
  readonly className = 'RegimeFilterAgent';
  readonly tools = REGIME_FACTORS.map((factor) => factor.tool);
  readonly factors = REGIME_FACTORS;

  /** Beside the score: `regime_score` 0..100, and the same of each factor, as `<factor>_score`. */
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

/** -1..1 as 0..100. */
function pointsOf(normalised: number): number {
  return 50 * (1 + normalised);
}

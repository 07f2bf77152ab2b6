import type { Analysis, AnalysisOutputs } from '../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../domain/analysis/score.js';
import type { Tools } from '../market-data/toolbox.js';
import type { ToolName } from '../market-data/tools/market-tool.js';
import type { FactorDefinition } from './factors/factor-definition.js';

export interface AnalysisInput {
  /** Base asset, for example `BTC`. */
  readonly symbol: string;
  /** The time of the run; the tools see nothing that became known later. */
  readonly at: Date;
  /** The only way to data: no clock, no portfolio, no user, no key. */
  readonly tools: Tools;
}

/**
 * Analyses the market for a definition; all its instances share the result. Implementations keep nothing
 * between calls: the same input gives the same output. They work in a process of their own, so they are made without
 * arguments, and what they answer is plain data; one that does not answer within its time is killed.
 */
export interface BusinessAgent {
  /** `agent_name` in the registry; what definitions call it by. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Path below `src` without the suffix; `agent_module` in the registry. Compared as text, never imported. */
  readonly module: string;
  /** `agent_class` in the registry. */
  readonly className: string;
  /** Every tool that it may call; `available_tools` in the registry. */
  readonly tools: readonly ToolName[];
  /** What it looks at and how each value is read; shown in the documentation. */
  readonly factors: readonly FactorDefinition[];

  /**
   * A factor without data is absent and lowers the confidence; too few of them make the analysis
   * unavailable. It throws only on a programming error or on a `MarketDataDefect`.
   */
  analyse(input: AnalysisInput): Promise<Analysis | UnavailableAnalysis>;

  /**
   * `outputs` again for an analysis of this agent whose score, signal and confidence were moved; left out where they do
   * not rest on these. Pure and quick: it is called in the worker. For an analysis that was not moved, its outputs.
   */
  restate?(moved: Analysis): AnalysisOutputs;
}

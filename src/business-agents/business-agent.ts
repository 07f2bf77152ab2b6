import type { Analysis, AnalysisOutputs } from '../domain/analysis/analysis.js';
import type { UnavailableAnalysis } from '../domain/analysis/score.js';
import type { Tools } from '../market-data/toolbox.js';
import type { ToolName } from '../market-data/tools/market-tool.js';
import type { FactorDefinition } from './factors/factor-definition.js';

export interface AnalysisInput {
  /** Base asset, for example `BTC`. */
  readonly symbol: string;
  /** The time of the run; the tools show nothing that became known later. */
  readonly at: Date;
  /** The only access to data: no clock, no portfolio, no user, no key. */
  readonly tools: Tools;
}

/**
 * Analyses the market for a definition; all its instances share the result. Implementations have no state between
 * calls: the same input gives the same output. They run in a process of their own, so they are constructed without
 * arguments and return plain data. An agent that exceeds its time is killed.
 */
export interface BusinessAgent {
  /** `agent_name` in the registry; definitions refer to it by this name. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Path below `src` without the suffix; `agent_module` in the registry. Compared as text, never imported. */
  readonly module: string;
  /** `agent_class` in the registry. */
  readonly className: string;
  /** All tools it can call; `available_tools` in the registry. */
  readonly tools: readonly ToolName[];
  /** Its inputs and their interpretation; shown in the documentation. */
  readonly factors: readonly FactorDefinition[];

  /**
   * A factor without data is absent and lowers the confidence; with too few factors the analysis is unavailable. It
   * throws only on a defect of its own or a `MarketDataDefect`.
   */
  analyse(input: AnalysisInput): Promise<Analysis | UnavailableAnalysis>;

  /**
   * Recomputes `outputs` for an analysis whose score, signal and confidence a language model has changed; omitted if
   * outputs do not depend on them. For an unchanged analysis it returns the same outputs. Pure and fast, because it
   * runs in the worker.
   */
  restate?(moved: Analysis): AnalysisOutputs;
}

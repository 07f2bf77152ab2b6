import type { Reading } from '../../market-data/freshness.js';
import type { CandleInterval } from '../../market-data/market-data-source.js';
import type { SeriesToolName } from '../../market-data/tools/market-tool.js';

/** A tool call by the agent in its process; the worker answers it from the run's toolbox. */
export type ToolCall =
  | { readonly tool: 'get_price'; readonly symbol: string }
  | {
      readonly tool: 'get_candles';
      readonly symbol: string;
      readonly interval: CandleInterval;
      readonly count: number;
    }
  | { readonly tool: SeriesToolName; readonly days: number };

/** A tool's answer: a reading, or the message of the error it threw. */
export type ToolAnswer = { readonly reading: Reading<unknown> } | { readonly error: string };

/**
 * Messages to the agent's process. `analysis` numbers the analyses of the process, `call` the calls within an analysis;
 * messages of a finished analysis are ignored.
 */
export type ToAgent =
  | {
      readonly type: 'analyse';
      readonly analysis: number;
      readonly agent: string;
      readonly symbol: string;
      readonly at: Date;
    }
  | { readonly type: 'answer'; readonly analysis: number; readonly call: number; readonly answer: ToolAnswer };

/** Messages from the agent's process. */
export type FromAgent =
  | { readonly type: 'ready' }
  | { readonly type: 'begun'; readonly analysis: number }
  | { readonly type: 'call'; readonly analysis: number; readonly call: number; readonly what: ToolCall }
  | { readonly type: 'done'; readonly analysis: number; readonly output: unknown }
  /** With the stack, for the log only. */
  | { readonly type: 'threw'; readonly analysis: number; readonly error: string };

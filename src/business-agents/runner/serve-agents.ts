import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import type { CandleReading, Reading } from '../../market-data/freshness.js';
import type { CandleInterval } from '../../market-data/market-data-source.js';
import type { Tools } from '../../market-data/toolbox.js';
import type { SeriesToolName } from '../../market-data/tools/market-tool.js';
import type { BusinessAgent } from '../business-agent.js';
import { startMemoryWatchdog } from './memory-watchdog.js';
import type { FromAgent, ToAgent, ToolAnswer, ToolCall } from './messages.js';

/**
 * Runs the agents' side of `AgentProcess`: performs the requested analyses, and exits with its worker. Ignores signals
 * of the terminal, because the worker ends this process when running analyses are done.
 */
export function serveAgents(catalogue: NamedCatalogue<BusinessAgent>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
  startMemoryWatchdog();
  let present: { readonly analysis: number; readonly tools: RemoteTools } | null = null;

  async function analyse({ analysis, agent, symbol, at }: Extract<ToAgent, { type: 'analyse' }>): Promise<void> {
    const tools = new RemoteTools((call, what) => void send({ type: 'call', analysis, call, what }));
    present = { analysis, tools };
    await send({ type: 'begun', analysis });
    try {
      const output: unknown = await catalogue.get(agent).analyse({ symbol, at, tools });
      await send({ type: 'done', analysis, output });
    } catch (error) {
      await send({
        type: 'threw',
        analysis,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }

  process.on('message', (message: ToAgent) => {
    if (message.type === 'analyse') void analyse(message);
    else if (message.analysis === present?.analysis) present.tools.answered(message.call, message.answer);
  });
  void send({ type: 'ready' });
}

/** Resolves when the message is sent. @throws Error when it is not plain data. */
function send(message: FromAgent): Promise<void> {
  return new Promise((resolve) => {
    // Errors are ignored: without a worker there is no receiver, and the memory watchdog ends this process.
    process.send!(message, () => resolve());
  });
}

interface Waiting {
  resolve(reading: Reading<unknown>): void;
  reject(error: Error): void;
}

/** The tools of one analysis in the agent's process: every call is a message to the worker, which has the data. */
class RemoteTools implements Tools {
  private readonly waiting: Waiting[] = [];

  /** @param send passes call number `call` to the worker; {@link answered} receives the answer. */
  constructor(private readonly send: (call: number, what: ToolCall) => void) {}

  price(symbol: string): Promise<Reading<ObservedPrice>> {
    return this.call({ tool: 'get_price', symbol });
  }

  candles(symbol: string, interval: CandleInterval, count: number): Promise<CandleReading> {
    return this.call({ tool: 'get_candles', symbol, interval, count }) as Promise<CandleReading>;
  }

  series(tool: SeriesToolName, days: number): Promise<Reading<readonly ObservedValue[]>> {
    return this.call({ tool, days });
  }

  answered(call: number, answer: ToolAnswer): void {
    const waiting = this.waiting[call];
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.reading);
  }

  private call<T>(what: ToolCall): Promise<Reading<T>> {
    return new Promise<Reading<unknown>>((resolve, reject) => {
      this.send(this.waiting.push({ resolve, reject }) - 1, what);
    }) as Promise<Reading<T>>;
  }
}

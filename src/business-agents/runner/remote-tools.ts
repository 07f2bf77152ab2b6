import type { ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import type { CandleInterval } from '../../market-data/market-data-source.js';
import type { CandleReading, Reading } from '../../market-data/reading.js';
import type { Tools } from '../../market-data/toolbox.js';
import type { SeriesToolName } from '../../market-data/tools/market-tool.js';
import type { ToolAnswer, ToolCall } from './messages.js';

interface Waiting {
  resolve(reading: Reading<unknown>): void;
  reject(error: Error): void;
}

/** The tools of one analysis in the agent's process: every call is a message to the worker, which has the data. */
export class RemoteTools implements Tools {
  private readonly waiting: Waiting[] = [];

  /** @param send hands call number `call` to the worker; its answer comes back through {@link answered}. */
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

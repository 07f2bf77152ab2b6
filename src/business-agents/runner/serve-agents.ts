import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { BusinessAgent } from '../business-agent.js';
import { startMemoryWatchdog } from './memory-watchdog.js';
import type { FromAgent, ToAgent } from './messages.js';
import { RemoteTools } from './remote-tools.js';

/**
 * Makes this process one that `AgentProcess` has started: it analyses what it is asked for, and ends with its worker.
 * Signals from a terminal are the worker's business: it ends us when the running analyses are done.
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

/** Resolves when the message has left the process. @throws Error when it is no plain data. */
function send(message: FromAgent): Promise<void> {
  return new Promise((resolve) => {
    // Without its worker nobody is left to tell; the guard ends us.
    process.send!(message, () => resolve());
  });
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MarketDataDefect } from '../../market-data/market-data-errors.js';
import type { Tools } from '../../market-data/toolbox.js';
import type { AnalysisInput } from '../business-agent.js';
import { AgentCrashed, AgentNotAsked, AgentThrew, withTimeout } from './agent-runner.js';
import type { FromAgent, ToAgent, ToolAnswer, ToolCall } from './messages.js';

/** Above the memory watchdog's limit: near its own limit V8 would spend all its time on garbage collection. */
const HEAP_MB = 1024;
const START_WITHIN_MS = 30_000;

interface Analysis {
  readonly number: number;
  readonly tools: Tools;
  begun: boolean;
  /** Impossible data fails the analysis, even if the agent catches the error. */
  defect: MarketDataDefect | null;
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** A process that runs one business agent; this side answers its tool calls. */
export class AgentProcess {
  private analysis: Analysis | null = null;
  private analyses = 0;
  private readonly exit: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    this.exit = new Promise((resolve) => child.once('exit', () => resolve()));
    child.on('message', (message: FromAgent) => this.onMessage(message));
    child.on('exit', (code, signal) => {
      const { analysis } = this;
      if (analysis?.begun) analysis.reject(new AgentCrashed(String(signal ?? code)));
      else analysis?.reject(new AgentNotAsked(`The agent's process ended (${signal ?? code}) before it began.`));
    });
    // A message sent to an ended process fails; the `exit` event handles that.
    child.on('error', () => undefined);
    // A waiting caller has its own timer; an idle agent process must not prevent this process from exiting.
    child.unref();
    child.channel?.unref();
  }

  /** @param file the script to run. @throws AgentNotAsked when the process does not start. */
  static async start(file: URL): Promise<AgentProcess> {
    const child = fork(fileURLToPath(file), [String(process.pid)], {
      // Agents get none of our environment, which contains secrets.
      env: {},
      execArgv: ['--enable-source-maps', `--max-old-space-size=${HEAP_MB}`],
      // JSON would turn NaN into null.
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`it ended (${signal ?? code})`);
    });
    const ready = once(child, 'message');
    try {
      await withTimeout(Promise.race([ready, ended]), START_WITHIN_MS);
    } catch (error) {
      child.kill('SIGKILL');
      throw new AgentNotAsked(`No process for an agent could be started: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      // From here on the `exit` handler is responsible.
      ended.catch(() => undefined);
    }
    return new AgentProcess(child);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /**
   * Runs one analysis at a time. After an error the caller must {@link end} the process. Throws the errors of
   * `AgentRunner`.
   */
  async ask(agent: string, { symbol, at, tools }: AnalysisInput, timeoutMs: number): Promise<unknown> {
    const number = (this.analyses += 1);
    const output = new Promise<unknown>((resolve, reject) => {
      this.analysis = { number, tools, begun: false, defect: null, resolve, reject };
      this.send({ type: 'analyse', analysis: number, agent, symbol, at });
    });
    try {
      return await withTimeout(output, timeoutMs);
    } finally {
      this.analysis = null;
    }
  }

  /** Kills the process and resolves when it is gone. */
  async end(): Promise<void> {
    this.child.kill('SIGKILL');
    if (!this.hasEnded) await this.exit;
  }

  private onMessage(message: FromAgent): void {
    const { analysis } = this;
    if (message.type === 'ready' || message.analysis !== analysis?.number) return;
    if (message.type === 'begun') analysis.begun = true;
    else if (message.type === 'call') void this.answerCall(analysis, message.call, message.what);
    else if (analysis.defect) analysis.reject(analysis.defect);
    else if (message.type === 'done') analysis.resolve(message.output);
    else analysis.reject(new AgentThrew(message.error));
  }

  private async answerCall(analysis: Analysis, call: number, what: ToolCall): Promise<void> {
    const answer = await readingOf(analysis.tools, what).then(
      (reading): ToolAnswer => ({ reading }),
      (error: Error): ToolAnswer => {
        if (error instanceof MarketDataDefect) analysis.defect ??= error;
        return { error: error.message };
      },
    );
    if (this.analysis === analysis) this.send({ type: 'answer', analysis: analysis.number, call, answer });
  }

  private send(message: ToAgent): void {
    if (this.child.connected) this.child.send(message);
  }
}

async function readingOf(tools: Tools, what: ToolCall) {
  if (what.tool === 'get_price') return tools.price(what.symbol);
  if (what.tool === 'get_candles') return tools.candles(what.symbol, what.interval, what.count);
  return tools.series(what.tool, what.days);
}

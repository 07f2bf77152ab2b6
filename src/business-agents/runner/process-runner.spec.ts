import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { FakeMarketSource, dailyValues, hourlyCandles, toolboxOn } from '../../../test/support/fake-market-source.js';
import type { Tools } from '../../market-data/toolbox.js';
import { eventually, ROOT } from '../../../test/support/eventually.js';
import { ProcessRunner } from './process-runner.js';

const HOST = new URL('../../../test/support/agents/trying-agents.mjs', import.meta.url);
const AT = new Date('2026-03-14T12:00:00Z');
/** Far more than an answer takes, even on a busy machine. */
const AMPLE_MS = 20_000;
const SHORT_MS = 1000;

const source = new FakeMarketSource();
source.priceAnswer = { value: '100000', source: 'test', observed_at: AT.toISOString() };
source.candlesAnswer = hourlyCandles(AT, [1, 2]);
source.seriesAnswers.set('vix', dailyValues(AT, [15, 16, 17]));

describe('an agent in a process of its own', () => {
  const patient = new ProcessRunner(HOST, AMPLE_MS);
  const impatient = new ProcessRunner(HOST, SHORT_MS);

  afterEach(() => {
    source.calls.length = 0;
  });
  afterAll(async () => {
    await patient.onApplicationShutdown();
    await impatient.onApplicationShutdown();
  });

  const ask = (symbol: string, runner = patient, agent = 'first', tools: Tools = toolboxOn(source, AT)) =>
    runner.ask(agent, { symbol, at: AT, tools });
  const pidOf = async (runner: ProcessRunner, agent = 'first') =>
    ((await ask('ENVIRONMENT', runner, agent)) as { pid: number }).pid;

  it('returns its answer unchanged, including NaN', async () => {
    expect(await ask('NAN')).toEqual({ score: NaN, nothing: undefined, at: new Date(0) });
    expect(await ask('AT')).toEqual(AT);
  });

  it('gets the data of the worker through its tools', async () => {
    expect(await ask('PRICE')).toEqual({
      price: { value: source.priceAnswer, absent: null },
      candles: { value: source.candlesAnswer, absent: null, source: 'test binance_spot BTC 1h' },
      series: { value: source.seriesAnswers.get('vix'), absent: null },
    });
  });

  it('shares fetched data with the other agents of the run', async () => {
    const tools = toolboxOn(source, AT);
    await Promise.all([ask('PRICE', patient, 'first', tools), ask('PRICE', patient, 'second', tools)]);
    expect(source.calls.toSorted()).toEqual(['candles BTC 1h 2', 'price BTC', 'series vix 3']);
  });

  it('has none of our environment variables', async () => {
    process.env['CANARY'] = 'secret';
    const fresh = new ProcessRunner(HOST, AMPLE_MS);
    const { env } = (await ask('ENVIRONMENT', fresh)) as { env: Record<string, string> };
    delete process.env['CANARY'];
    await fresh.onApplicationShutdown();
    expect(Object.keys(env).filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([]);
  });

  it('is reused for the next analysis, and not shared with other agents', async () => {
    const pid = await pidOf(patient);
    expect(await pidOf(patient)).toBe(pid);
    expect(await pidOf(patient, 'second')).not.toBe(pid);
  });

  it('gets no answers to tool calls after its analysis', async () => {
    await ask('LATE');
    await sleep(60);
    expect(await ask('AT')).toEqual(AT);
    expect(source.calls).toEqual([]);
  });

  it.each(['LOOP', 'REGEX', 'WAIT', 'MICROTASKS', 'SILENT'])(
    'is killed when it hangs (%s), and answers the next call',
    async (symbol) => {
      const before = await pidOf(impatient);
      await expect(ask(symbol, impatient)).rejects.toMatchObject({
        name: 'TimedOut',
        message: `No answer within ${SHORT_MS / 1000} s.`,
      });
      expect(isAlive(before)).toBe(false);
      expect(await pidOf(impatient)).not.toBe(before);
    },
  );

  it.each(['PUSH', 'BUFFERS', 'EXIT', 'STRAY'])(
    'that crashes its process (%s) affects nothing else',
    async (symbol) => {
      const others = pidOf(patient, 'second');
      await expect(ask(symbol)).rejects.toMatchObject({ name: 'AgentCrashed' });
      expect(await pidOf(patient, 'second')).toBe(await others);
      expect(await ask('AT')).toEqual(AT);
    },
  );

  it('blocks neither this process nor other agents nor other runs while it hangs', async () => {
    const runner = new ProcessRunner(HOST, 600_000);
    await pidOf(runner);
    let hangs = true;
    const hanging = ask('LOOP', runner).catch((error: Error) => {
      hangs = false;
      return error;
    });
    expect(await ask('AT', runner)).toEqual(AT);
    expect(await ask('AT', runner, 'second')).toEqual(AT);
    expect(hangs).toBe(true);
    await runner.onApplicationShutdown();
    expect(await hanging).toMatchObject({ name: 'AgentNotAsked' });
  });

  it('handles calls one after the other, in one process', async () => {
    const runner = new ProcessRunner(HOST, AMPLE_MS);
    const pids = await Promise.all([pidOf(runner), pidOf(runner), pidOf(runner)]);
    expect(pids).toEqual([pids[0], pids[0], pids[0]]);
    await runner.onApplicationShutdown();
  });

  it('reports the error that it threw', async () => {
    await expect(ask('THROW')).rejects.toMatchObject({
      name: 'AgentThrew',
      message: expect.stringMatching(/^TypeError: key=secret\n\s+at .*trying-agents/),
    });
    await expect(ask('FUNCTION')).rejects.toMatchObject({ name: 'AgentThrew' });
    await expect(ask('UNKNOWN_TOOL')).rejects.toMatchObject({
      name: 'AgentThrew',
      message: expect.stringContaining('get_rich'),
    });
  });

  it('fails on impossible data, even when it catches the error', async () => {
    const broken = new FakeMarketSource();
    broken.priceAnswer = { value: '1', source: 'test', observed_at: '2026-03-15T00:00:00Z' };
    const asked = ask('CATCHES', patient, 'first', toolboxOn(broken, AT));
    await expect(asked).rejects.toMatchObject({ name: 'MarketDataDefect' });
  });
});

describe('an agent that was never called', () => {
  const tools = toolboxOn(source, AT);

  it('has not failed: no process started', async () => {
    const runner = new ProcessRunner(new URL('./no-such-file.mjs', import.meta.url), AMPLE_MS);
    await expect(runner.ask('first', { symbol: 'AT', at: AT, tools })).rejects.toMatchObject({
      name: 'AgentNotAsked',
    });
  });

  it('has not failed: the program is shutting down', async () => {
    const runner = new ProcessRunner(HOST, AMPLE_MS);
    const first = runner.ask('first', { symbol: 'LOOP', at: AT, tools });
    const second = runner.ask('first', { symbol: 'AT', at: AT, tools });
    const both = Promise.allSettled([first, second]);
    await sleep(50);
    await runner.onApplicationShutdown();
    for (const answer of await both) expect(answer).toMatchObject({ reason: { name: 'AgentNotAsked' } });
  });
});

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

describe('an idle process', () => {
  it('ends after a while to free its memory', async () => {
    const runner = new ProcessRunner(HOST, AMPLE_MS);
    const tools = toolboxOn(source, AT);
    let forget: () => void = () => undefined;
    const later = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void) => {
      forget = work;
      return { unref: () => undefined };
    }) as unknown as typeof setTimeout);
    const { pid } = (await runner.ask('first', { symbol: 'ENVIRONMENT', at: AT, tools })) as { pid: number };
    expect(later).toHaveBeenCalledWith(expect.any(Function), 15 * 60_000);
    later.mockRestore();
    expect(isAlive(pid)).toBe(true);
    forget();
    await eventually('it ends', async () => !isAlive(pid) || null);
    await runner.onApplicationShutdown();
  });
});

describe('a process whose worker was killed', () => {
  it('ends, even in a busy loop', async () => {
    const script = `
      import { ProcessRunner } from '${ROOT}/dist/src/business-agents/runner/process-runner.js';
      const runner = new ProcessRunner(new URL('${HOST.href}'), 600_000);
      await runner.ask('first', { symbol: 'PID', at: new Date(), tools: {} });`;
    const worker = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [output] = (await once(worker.stdout, 'data')) as [Buffer];
      const pid = Number(/^agent (\d+)\n$/.exec(output.toString())![1]);
      expect(isAlive(pid)).toBe(true);
      worker.kill('SIGKILL');
      await eventually('the agent ends', async () => !isAlive(pid) || null);
    } finally {
      worker.kill('SIGKILL');
    }
  });
});

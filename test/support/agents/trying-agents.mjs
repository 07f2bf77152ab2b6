/**
 * What an agent's process runs in tests about agents that try the program's patience. What an agent does is up to the
 * symbol that it is asked about.
 */
import { NamedCatalogue } from '../../../dist/src/domain/catalogue.js';
import { serveAgents } from '../../../dist/src/business-agents/runner/serve-agents.js';

const kept = [];

const MANNERS = {
  LOOP() {
    for (;;);
  },
  REGEX: () => /^(\w+\s?)*$/.test(`${'aaaa '.repeat(20)}!`),
  WAIT: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  async MICROTASKS() {
    for (;;) await Promise.resolve();
  },
  SILENT: () => new Promise(() => undefined),
  PUSH() {
    for (;;) kept.push(1);
  },
  BUFFERS() {
    for (;;) kept.push(Buffer.alloc(10_000_000, 1));
  },
  EXIT: () => process.exit(0),
  STRAY: () => {
    void Promise.reject(new Error('nobody waits for this'));
    return new Promise(() => undefined);
  },
  THROW() {
    throw new TypeError('key=secret');
  },
  FUNCTION: () => ({ score: () => 1 }),
  NAN: () => ({ score: NaN, nothing: undefined, at: new Date(0) }),
  PID: () => {
    process.stdout.write(`agent ${process.pid}\n`);
    for (;;);
  },
  ENVIRONMENT: () => ({ env: { ...process.env }, pid: process.pid }),
  async PRICE({ tools }) {
    const [price, candles, series] = await Promise.all([
      tools.price('BTC'),
      tools.candles('BTC', '1h', 2),
      tools.series('get_vix', 3),
    ]);
    return { price, candles, series };
  },
  UNKNOWN_TOOL: ({ tools }) => tools.series('get_rich', 3),
  async CATCHES({ tools }) {
    await tools.price('BTC').catch(() => undefined);
    return { score: 100 };
  },
  /** Answers, and asks for more when it is too late. */
  LATE({ tools }) {
    setTimeout(() => void tools.price('LATE'), 20);
    return 'done';
  },
  AT: ({ at }) => at,
};

const agents = ['first', 'second'].map((name) => ({
  name,
  analyse: async (input) => MANNERS[input.symbol](input),
}));

serveAgents(new NamedCatalogue('business agent', agents));

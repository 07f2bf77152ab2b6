import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../config/app-config.js';
import { programVersion } from '../config/environment.js';
import { createLogger, type Logger, logLines } from './logger.js';

function loggerWith(logLevel: AppConfig['logLevel']): { logger: Logger; lines: () => Record<string, unknown>[] } {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger: createLogger({ logLevel }, stream), lines };
}

const THINGS = [
  { id: 'a', signal: 'BUY', score: 0.1, reasons: [{ code: 'x', text: 'quote " and \n line, ß 𝄞' }], none: null },
  { id: 'b', signal: 'SELL', score: -1e-7, reasons: [], none: null },
];

describe('many lines', () => {
  it('equal those that the logger itself writes', () => {
    const { logger, lines } = loggerWith('info');
    const child = logger.child({ run_id: 'r', definition_id: 3, nested: { a: '"' } });
    for (const thing of THINGS) child.info(thing, 'decision "made"');
    logLines(child, 'decision "made"', THINGS, (thing) => thing);
    const [first, second, third, fourth] = lines().map(({ time, ...line }) => {
      expect(new Date(time as string).toISOString()).toBe(time);
      return line;
    });
    expect(first).toMatchObject({ level: 'info', run_id: 'r', id: 'a', msg: 'decision "made"' });
    expect([third, fourth]).toEqual([first, second]);
  });

  it('are written without bindings and without fields', () => {
    const { logger, lines } = loggerWith('info');
    logLines(logger, 'made', [1], () => ({}));
    expect(lines()).toEqual([
      { level: 'info', time: expect.any(String), pid: process.pid, version: programVersion(), msg: 'made' },
    ]);
  });

  it('are all written, however many', () => {
    const { logger, lines } = loggerWith('debug');
    const many = Array.from({ length: 3000 }, (_, index) => index);
    logLines(logger, 'made', many, (index) => ({ index }));
    expect(lines().map(({ index }) => index)).toEqual(many);
  });

  it('are not written when the level is off', () => {
    const { logger, lines } = loggerWith('warn');
    logLines(logger, 'made', [1], () => {
      throw new Error('nobody needs the fields');
    });
    expect(lines()).toEqual([]);
  });
});

import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BenchReport } from '../../tools/bench/run-bench.js';
import { eventually } from '../support/eventually.js';
import { runCommand, startCommand } from '../support/program.js';

const BENCH = 'bench:api';

describe('npm run bench:api', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-bench-spec-'));
    chmodSync(folder, 0o755);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('prints latencies and plans as JSON and nothing else, and leaves nothing behind', async () => {
    const sizes = ['--instances', '20', '--executions', '500', '--trades', '80'];
    const ended = await runCommand(BENCH, [...sizes, '--rate', '20', '--seconds', '1'], { TMPDIR: folder });
    // Whether the target is met on a machine that runs other tests is not the question here.
    expect({ ...ended, code: 0 }).toMatchObject({ code: 0, signal: null });
    const report = JSON.parse(ended.stdout) as BenchReport;
    expect(report.filled.rows).toMatchObject({ instances: 20, executions: 500, trades: 80 });
    expect(report.lists.map(({ list, role, requests, errors }) => [list, role, requests, errors])).toEqual([
      ['GET /strategies', 'trader', 20, 0],
      ['GET /strategies', 'admin', 20, 0],
      ['GET /strategies/{id}/executions', 'trader', 20, 0],
      ['GET /strategies/{id}/executions', 'admin', 20, 0],
      ['GET /strategies/{id}/trades', 'trader', 20, 0],
      ['GET /strategies/{id}/trades', 'admin', 20, 0],
    ]);
    for (const table of ['portfolios', 'strategy_executions', 'trades']) {
      expect(report.plans.some(({ statement }) => statement.includes(table))).toBe(true);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stops in the middle of the fill when it is interrupted, and leaves nothing behind', async () => {
    const bench = startCommand(BENCH, ['--instances', '10000', '--executions', '1000000'], { TMPDIR: folder });
    await eventually('the fill', async () => (/ analyses in /.test(bench.output()) ? true : null), 60);
    bench.child.kill('SIGINT');
    const ended = await bench.ended;
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('Interrupted: everything is removed.');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [['--rate', '0'], '--rate must be a whole number from 1 to 1000, not "0"'],
    [
      ['--seconds', 'x', '--instances', '1e9'],
      '--instances must be a whole number from 1 to 100000, not "1e9"; --seconds',
    ],
    [['--what'], "Unknown option '--what'"],
  ])('refuses %j', async (args, message) => {
    const ended = await runCommand(BENCH, args, {});
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toContain('Usage: npm run bench:api');
  });
});

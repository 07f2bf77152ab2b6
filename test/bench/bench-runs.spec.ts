import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunsBenchReport } from '../../tools/bench/runs/runs-bench.js';
import { runCommand } from '../support/program.js';

const BENCH = 'bench';
/** Creates a database server and starts workers six times. */
const WITHIN_MS = 600_000;

describe('npm run bench', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-bench-spec-'));
    chmodSync(folder, 0o755);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'holds real runs against the floor, prints JSON and nothing else, and leaves nothing behind',
    async () => {
      const sizes = ['--instances', '40', '--sizes', '10,20', '--rounds', '1', '--chunk-sizes', '10,40'];
      const ended = await runCommand(BENCH, [...sizes, '--workers', '2'], { TMPDIR: folder });
      expect({ ...ended, stdout: '' }).toMatchObject({ code: 0, signal: null });
      const report = JSON.parse(ended.stdout) as RunsBenchReport;
      expect(report.floor.run.milliseconds).toHaveLength(1);
      expect(report.floor.floor.map(({ chunk_size }) => chunk_size)).toEqual([10, 40]);
      const best = Math.min(...report.floor.floor.map(({ median }) => median));
      expect(report.floor.ratio).toBeCloseTo(best / report.floor.run.median, 2);
      // Where the time goes; three agents are asked once, and a chunk takes as many statements whatever its size.
      expect(Object.values(report.floor.run.phases_ms).every((ms) => ms !== null && ms > 0)).toBe(true);
      expect(report.floor.run.agent_calls).toBe(3);
      const { statements_per_chunk } = report.floor.run;
      expect(Number.isInteger(statements_per_chunk)).toBe(true);
      expect(report.growth?.sizes.map((size) => [size.instances, size.statements_per_chunk, size.agent_calls])).toEqual(
        [
          [10, statements_per_chunk, 3],
          [20, statements_per_chunk, 3],
        ],
      );
      expect(report.workers?.several.workers).toBe(2);
      // What the floor wrote beside the runs is gone, and the books of the runs add up.
      expect(report.violations).toEqual({});
      expect(readdirSync(folder)).toEqual([]);
    },
    WITHIN_MS,
  );

  it.each([
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 50, not "0"'],
    [['--sizes', '10,x'], '--sizes must be a whole number from 1 to 200000, not "x"'],
    [['--what'], "Unknown option '--what'"],
  ])('refuses %j', async (args, message) => {
    const ended = await runCommand(BENCH, args, {});
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

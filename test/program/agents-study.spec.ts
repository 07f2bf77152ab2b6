import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeHistory } from '../support/history-files.js';
import { runCommand, type Ended } from '../support/program.js';

interface Report {
  readonly looks: number;
  readonly looks_without_price: number;
  readonly series: readonly {
    readonly name: string;
    readonly opinions: number;
    readonly distribution: { readonly mean: number };
    readonly horizons: readonly { readonly days: number; readonly pairs: number; readonly hit_rate: number | null }[];
  }[];
  readonly look_ahead: { readonly looks_compared: number; readonly differences: unknown[] };
}

describe('agents:study', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-agents-study-'));
    writeHistory(join(folder, 'history'), Date.UTC(2023, 10, 1), 80);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function study(from: string, to: string, ...more: string[]): Promise<Ended> {
    const args = ['--data', join(folder, 'history'), '--from', from, '--to', to, '--out', join(folder, 'out'), ...more];
    return runCommand('agents:study', args, {});
  }

  it('reports every agent and the conviction as JSON, the same every time, and as a page that needs nothing else', async () => {
    const [first, second] = [
      await study('2023-12-10', '2024-01-05', '--json'),
      await study('2023-12-10', '2024-01-05', '--json'),
    ];
    expect(first.stderr.replace(/.*left/gs, '').trim()).toBe('');
    expect(first.code).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    const report = JSON.parse(first.stdout) as Report;
    expect(report).toMatchObject({ looks: 27, looks_without_price: 0 });
    expect(report.look_ahead).toEqual({ looks_compared: 24, differences: [] });
    expect(report.series.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['macro', 'onchain', 'ta', 'conviction']),
    );
    const conviction = report.series.find(({ name }) => name === 'conviction')!;
    expect(conviction.opinions).toBe(27);
    // The history ends on the 19th of January: a month later there is no price any more.
    expect(conviction.horizons.map(({ days, pairs }) => [days, pairs])).toEqual([
      [1, 27],
      [7, 27],
      [30, 12],
    ]);

    const page = readFileSync(join(folder, 'out', 'agents-study.html'), 'utf8');
    expect(page.match(/<svg /g)).toHaveLength(4 * report.series.filter(({ opinions }) => opinions > 0).length);
    expect(page).not.toMatch(/https?:|<script|<link|<img|src=|url\(|@import|NaN|undefined|Infinity/);
    expect(JSON.parse(readFileSync(join(folder, 'out', 'agents-study.json'), 'utf8'))).toEqual(report);
  });

  it('prints tables', async () => {
    const { stdout, code } = await study('2023-12-10', '2023-12-12');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Business agents on BTC, 2023-12-10 to 2023-12-12: 3 looks, one a day, 0 without a price\n/,
    );
    for (const words of ['Autocorrelation', 'hit rate', 'by chance', 'conviction', '3 looks on files cut']) {
      expect(stdout).toContain(words);
    }
  });

  it('refuses a time that the files do not hold, in one line', async () => {
    const { code, stderr } = await study('2023-01-01', '2024-01-05');
    expect(code).toBe(2);
    expect(stderr).toBe(
      "The folder's candles of BTC reach from 2023-11-01T01:00:00.000Z to 2024-01-20T00:00:00.000Z.\n",
    );
  });
});

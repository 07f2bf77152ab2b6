import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { writeHistory } from '../support/history-files.js';
import { runCommand, type Ended } from '../support/program.js';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const HISTORY_DAYS = 40;
const FIRST = START - HISTORY_DAYS * DAY_MS;
const DAYS = HISTORY_DAYS + 6;

interface Report {
  readonly runs: Record<string, number>;
  readonly executions: Record<string, number>;
  readonly buy_and_hold_percent: number;
  readonly instances: {
    id?: string;
    trades: number;
    params: unknown;
    return_percent: number;
    closed_positions: number;
    win_rate_percent: number | null;
    close_win_rate_percent: number | null;
    monthly_return_percent: Record<string, number | null>;
    null_reasons: Record<string, string>;
  }[];
  readonly totals: { trades: number };
  readonly invariants: Record<string, number>;
  duration_seconds?: number;
}

function withoutIdsAndDurations(stdout: string): string {
  const report = JSON.parse(stdout) as Report;
  delete report.duration_seconds;
  for (const instance of report.instances) delete instance.id;
  return JSON.stringify(report);
}

describe('replay', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    folder = mkdtempSync(join(tmpdir(), 'conclave-replay-'));
    writeHistory(join(folder, 'good'), FIRST, DAYS);
  });

  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function replay(args: Record<string, string>, ...flags: string[]): Promise<Ended> {
    const all = {
      data: join(folder, 'good'),
      definition: 'multi_agent_btc_v1',
      instances: '6',
      from: '2024-01-01',
      to: '2024-01-02',
      every: '60',
      ...args,
    };
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    return runCommand('replay', [...words, ...flags], {
      DATABASE_URL: database.url,
      JWT_SECRET: 'a secret that is long enough for the tests',
      ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
    });
  }

  async function replayDatabases(): Promise<unknown[]> {
    return database.dataSource.query(`SELECT datname FROM pg_database WHERE datname LIKE 'conclave\\_replay\\_%'`);
  }

  it('runs every tick, trades, keeps all invariants, and says the same the second time', async () => {
    const [first, second] = await Promise.all([replay({}, '--json'), replay({}, '--json')]);
    expect(first).toMatchObject({ code: 0 });
    const report = JSON.parse(first.stdout) as Report;
    expect(report.runs).toEqual({ completed: 2 * 24 });
    expect(Object.values(report.executions).reduce((sum, count) => sum + count, 0)).toBe(2 * 24 * 6);
    expect(report.totals.trades).toBeGreaterThan(0);
    expect(new Set(report.instances.map((instance) => instance.return_percent)).size).toBeGreaterThan(1);
    for (const instance of report.instances) {
      expect(instance.monthly_return_percent).toEqual({ '2024-01': instance.return_percent });
      expect(instance.null_reasons).toMatchObject({ sharpe_ratio: 'needs_30_days', calmar_ratio: 'needs_30_days' });
      expect(instance.win_rate_percent === null).toBe(instance.closed_positions === 0);
    }
    expect(Object.values(report.invariants).filter((violations) => violations !== 0)).toEqual([]);
    expect(withoutIdsAndDurations(second.stdout)).toBe(withoutIdsAndDurations(first.stdout));
    expect(await replayDatabases()).toEqual([]);
  });

  it('runs the momentum template too', async () => {
    const args = { definition: 'momentum_regime_btc_v1', instances: '5' };
    const [first, second] = await Promise.all([replay(args, '--json'), replay(args, '--json')]);
    expect(first).toMatchObject({ code: 0 });
    const report = JSON.parse(first.stdout) as Report;
    expect(report.runs).toEqual({ completed: 2 * 24 });
    expect(Object.values(report.executions).reduce((sum, count) => sum + count, 0)).toBe(2 * 24 * 5);
    expect(Object.values(report.invariants).filter((violations) => violations !== 0)).toEqual([]);
    expect(withoutIdsAndDurations(second.stdout)).toBe(withoutIdsAndDurations(first.stdout));
  });

  it('shows a table for people, with the progress beside the result', async () => {
    const { code, stdout, stderr } = await replay({ to: '2024-01-01', instances: '2' });
    expect(code).toBe(0);
    expect(stdout).toContain('Multi-Agent BTC - Replay - #2');
    expect(stdout).toContain('profit factor of closes');
    expect(stdout).toContain('return % by month');
    expect(stdout).toContain('exits between runs: none');
    expect(stdout).toContain('0 violations');
    expect(stdout).not.toContain('left');
    expect(stderr).toBe('');
  });

  it('does not see a candle before it has closed', async () => {
    // The last hour of the history is changed beyond recognition: nothing before its close may differ.
    const changed = join(folder, 'changed');
    writeHistory(changed, FIRST, DAYS);
    const at = START + 6 * DAY_MS;
    appendFileSync(join(changed, 'btcusdt_1h_test.csv'), `${at},1000,1000,1000,1000,1\n`);
    const until = { to: new Date(at).toISOString().slice(0, 16) + 'Z', from: '2024-01-06', instances: '2' };
    const [plain, withFuture] = await Promise.all([
      replay(until, '--json'),
      replay({ ...until, data: changed }, '--json'),
    ]);
    expect(plain).toMatchObject({ code: 0 });
    expect(withoutIdsAndDurations(withFuture.stdout)).toBe(withoutIdsAndDurations(plain.stdout));
  });

  it.each([
    ['an unknown definition', { definition: 'nothing' }, /no definition "nothing".*multi_agent_btc_v1/],
    ['a wrong balance', { 'initial-balance': '0' }, /initial_balance/],
    ['a folder that is not there', { data: '/nonexistent' }, /nonexistent/],
    ['a wrong argument', { instances: '0' }, /--instances/],
  ])('refuses %s with exit code 2, and leaves no database behind', async (_, args, message) => {
    const ended = await replay(args);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(await replayDatabases()).toEqual([]);
  });

  it('names file and row of broken history in one line, with exit code 2', async () => {
    const broken = join(folder, 'broken');
    writeHistory(broken, FIRST, DAYS);
    appendFileSync(join(broken, 'btcusdt_1h_test.csv'), `${START + 99 * DAY_MS},1,2,3,4,5\n`);
    const ended = await replay({ data: broken });
    expect(ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/btcusdt_1h_test\.csv row 1106: /),
    });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(await replay({ data: empty })).toMatchObject({ code: 2, stderr: expect.stringContaining('no candle file') });
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setApi } from '../support/api-client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import type { LocalApi } from '../support/local-api.js';
import { binanceAnswer } from '../support/outside/exchange-answers.js';
import { OutsideWorld } from '../support/outside/outside-world.js';
import { eventually } from '../support/eventually.js';
import { startCommand, type Program } from '../support/program.js';

const DAY_MS = 86_400_000;
const QUARTER_MS = DAY_MS / 96;
const FILE = 'btcusdt_15m.csv';
/** What a minute has room for, in Binance's weights; a sixth of it may come at once. */
const RATE = 300;
/** Of a page of candles. */
const WEIGHT = 2;

/** The command as it runs for real, with Binance on this machine. */
describe('data:download', () => {
  let database: TestDatabase;
  let world: OutsideWorld;
  let binance: LocalApi;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    world = await OutsideWorld.start();
    await world.connect(database);
    binance = world.api('binance_api');
    folder = mkdtempSync(join(tmpdir(), 'conclave-data-download-'));
  });

  afterAll(async () => {
    world.stop();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
  /** Into a folder of that name; about a page for ten days. */
  function download(name: string, days: number): Program {
    const market = ['--symbol', 'BTC/USDT', '--interval', '15m', '--from', day(days + 1), '--to', day(2)];
    return startCommand('data:download', [...market, '--out', join(folder, name)], {
      JWT_SECRET: 'a secret that is long enough for the tests',
      ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
      DATABASE_URL: database.url,
      ALLOW_PRIVATE_API_HOSTS: 'true',
    });
  }
  const text = (name: string): string => readFileSync(join(folder, name, FILE), 'utf8');
  const starts = (): number[] => binance.requests.map(({ url }) => Number(url.searchParams.get('startTime')));

  it('that is killed in the middle goes on from there, and ends with the same file', async () => {
    const whole = await download('whole', 50).ended;
    expect([whole.code, whole.stdout.split('\n')[0]]).toEqual([
      0,
      `4800 candles added to ${join(folder, 'whole', FILE)}`,
    ]);
    binance.requests.length = 0;
    const usual = binanceAnswer(world.exchanges);
    // The third page never comes.
    world.answer('binance_api', (request, response) =>
      binance.requests.length < 3 ? usual(request, response) : undefined,
    );
    const killed = download('killed', 50);
    await eventually('the third page is asked for', async () => (binance.requests.length === 3 ? true : null));
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(text('killed').trim().split('\n')).toHaveLength(1 + 2000);
    const [first] = starts();
    binance.requests.length = 0;
    world.answer('binance_api');
    const resumed = await download('killed', 50).ended;
    expect([resumed.code, resumed.stdout.split('\n')[0]]).toEqual([
      0,
      `2800 candles added to ${join(folder, 'killed', FILE)}`,
    ]);
    expect(starts()[0]).toBe(first! + 2000 * QUARTER_MS);
    expect(text('killed')).toBe(text('whole'));
  });

  it('shares one rate limit with all processes that ask', async () => {
    await setApi(database, 'binance_api', { rateLimit: RATE });
    await database.dataSource.query(`DELETE FROM api_states`);
    binance.requests.length = 0;
    const ended = await Promise.all(['one', 'two', 'three'].map((name) => download(name, 150).ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    const times = binance.requests.map(({ at }) => at);
    expect(times).toHaveLength(3 * 15);
    // A sixth at once and the others evenly, whatever process asks: never sooner, though a request may be late by a second.
    const room = (ms: number): number => RATE / 6 + ((RATE * 5) / 6) * (ms / 60_000);
    for (let index = 0; index < times.length; index++) {
      expect((index + 1) * WEIGHT).toBeLessThanOrEqual(room(times[index]! - times[0]! + 1000) + WEIGHT);
    }
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeHistory } from '../support/history-files.js';
import type { MarketDataSource } from '../../src/market-data/market-data-source.js';
import { loadCsvSource } from '../../src/market-data/csv/load-csv-source.js';
import { timesOf } from '../../tools/study/sample-history.js';
import { cutHistory } from '../../tools/study/look-ahead/cut-history.js';
import { checkLookAhead } from '../../tools/study/look-ahead/look-ahead-check.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST = Date.UTC(2023, 10, 1);
const DAYS = 50;
const TIMES = timesOf({
  from: new Date(FIRST + 36 * DAY_MS),
  until: new Date(FIRST + 46 * DAY_MS),
  everyMinutes: 1440,
});

let folder: string;
let history: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conclave-look-ahead-'));
  history = join(folder, 'history');
  writeHistory(history, FIRST, DAYS);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a cut history', () => {
  const linesOf = (directory: string, file: string): string[] =>
    readFileSync(join(directory, file), 'utf8').trim().split('\n');

  it('ends with what was known at that moment', async () => {
    const at = new Date('2023-12-10T12:30:00Z');
    const target = join(folder, 'cut');
    writeFileSync(
      join(history, 'us10y_yield_monthly.csv'),
      'Date,Rate\n2023-10-01,4.8\n2023-11-01,4.5\n2023-12-01,4\n',
    );
    writeFileSync(
      join(history, 'vix_daily_x.csv'),
      'DATE,OPEN,HIGH,LOW,CLOSE\n2023-12-09,1,1,1,12\n2023-12-10,1,1,1,13\n',
    );
    writeFileSync(join(history, 'unheard_of.csv'), 'date,value\n2023-12-09,1\n');
    await cutHistory(history, at, target);
    // The candle of 11:00 closed at 12:00; that of 12:00 is not known before 13:00.
    const lastCandle = Number(linesOf(target, 'btcusdt_1h_test.csv').at(-1)!.split(',')[0]);
    expect(new Date(lastCandle).toISOString()).toBe('2023-12-10T11:00:00.000Z');
    expect(linesOf(target, 'fear_greed_daily_test.csv').at(-1)).toMatch(/^2023-12-10,/);
    expect(linesOf(target, 'macro_onchain_sentiment_daily_test.csv').at(-1)).toMatch(/^2023-12-09,/);
    expect(linesOf(target, 'vix_daily_x.csv').at(-1)).toMatch(/^2023-12-09,/);
    expect(linesOf(target, 'us10y_yield_monthly.csv').at(-1)).toBe('2023-11-01,4.5');
    expect(readdirSync(target)).not.toContain('unheard_of.csv');
    for (const file of ['us10y_yield_monthly.csv', 'vix_daily_x.csv', 'unheard_of.csv']) rmSync(join(history, file));
  });
});

describe('the look-ahead check', () => {
  const check = (load: (directory: string) => Promise<MarketDataSource>) => checkLookAhead(load, history, 'BTC', TIMES);

  it('finds nothing in the agents as they are, and leaves nothing behind', async () => {
    // A folder for temporary files that no other test uses.
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = folder;
    try {
      expect(await check(loadCsvSource)).toEqual({ looks_compared: 10, differences: [] });
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
    expect(readdirSync(folder)).not.toContainEqual(expect.stringMatching(/^conclave-study-/));
  });

  it('finds a source that shows the daily values of tomorrow under the date of today', async () => {
    const { differences } = await check(async (directory) => {
      const source = await loadCsvSource(directory);
      return {
        market: source.market,
        traits: source.traits,
        price: (symbol, at) => source.price(symbol, at),
        hasMarket: (symbol) => source.hasMarket(symbol),
        candleSource: (symbol, interval) => source.candleSource(symbol, interval),
        fundingRates: (symbol, days, at) => source.fundingRates(symbol, days, at),
        candles: (symbol, interval, count, at) => source.candles(symbol, interval, count, at),
        series: async (name, days, at) => {
          const values = await source.series(name, days, new Date(at.getTime() + DAY_MS));
          return values.map((value) => ({ ...value, observed_at: shifted(value.observed_at, -DAY_MS) }));
        },
      };
    });
    const outputs = [...new Set(differences.map(({ output }) => output))];
    expect(outputs).toEqual(expect.arrayContaining(['market', 'macro', 'onchain', 'conviction']));
    expect(outputs).not.toContain('ta');
    expect(differences[0]!.at).toBe(TIMES[0]!.toISOString());
  });

  it('finds a source that shows a candle before it has closed', async () => {
    const { differences } = await check(async (directory) => {
      const source = await loadCsvSource(directory);
      return {
        market: source.market,
        traits: source.traits,
        price: (symbol, at) => source.price(symbol, at),
        hasMarket: (symbol) => source.hasMarket(symbol),
        candleSource: (symbol, interval) => source.candleSource(symbol, interval),
        fundingRates: (symbol, days, at) => source.fundingRates(symbol, days, at),
        candles: async (symbol, interval, count, at) => {
          const candles = await source.candles(symbol, interval, count, new Date(at.getTime() + HOUR_MS));
          return candles.map((c) => ({ ...c, openTime: c.openTime - HOUR_MS, closeTime: c.closeTime - HOUR_MS }));
        },
        series: (name, days, at) => source.series(name, days, at),
      };
    });
    expect(differences.map(({ output }) => output)).toContain('ta');
  });
});

function shifted(time: string, milliseconds: number): string {
  return new Date(Date.parse(time) + milliseconds).toISOString();
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SeriesName } from '../market-data-source.js';
import { loadCsvSource } from './csv-source.js';
import { CsvDataError } from './csv-table.js';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2024, 0, 31, 22);
const CANDLES = 'timestamp_ms,open,high,low,close,volume';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conclave-replay-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(file: string, ...rows: string[]): Promise<void> {
  await writeFile(path.join(folder, file), rows.join('\n') + '\n');
}

/** A valid candle of the given hour after START. */
function candle(hour: number, close = 100): string {
  return `${START + hour * HOUR_MS},100,110,90,${close},5`;
}

async function writeBtc(): Promise<void> {
  await write('btcusdt_1h_2024.csv', CANDLES, candle(0, 101), candle(1, 102), candle(2, 103), candle(5, 106));
}

async function problem(): Promise<string> {
  const error = await loadCsvSource(folder).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CsvDataError);
  return (error as CsvDataError).message;
}

const at = (time: string) => new Date(time);

async function newest(name: SeriesName, time: string): Promise<number | null> {
  const source = await loadCsvSource(folder);
  return (await source.series(name, 100, at(time))).at(-1)?.value ?? null;
}

describe('candles of a replay folder', () => {
  it('are known from their close, never earlier', async () => {
    await writeBtc();
    const source = await loadCsvSource(folder);
    expect(await source.candles('BTC', '1h', 10, at('2024-01-31T22:59:59.999Z'))).toEqual([]);
    expect(await source.price('BTC', at('2024-01-31T22:59:59.999Z'))).toBeNull();
    const [first, ...others] = await source.candles('BTC', '1h', 10, at('2024-01-31T23:00:00Z'));
    expect(others).toEqual([]);
    expect(first).toEqual({
      openTime: START,
      closeTime: START + HOUR_MS,
      open: 100,
      high: 110,
      low: 90,
      close: 101,
      volume: 5,
    });
  });

  it('give the price: the close of the last closed candle', async () => {
    await writeBtc();
    const source = await loadCsvSource(folder);
    expect(await source.price('BTC', at('2024-02-01T01:30:00Z'))).toEqual({
      value: '103',
      source: 'btcusdt_1h_2024',
      observed_at: '2024-02-01T01:00:00.000Z',
    });
  });

  it('can have gaps', async () => {
    await writeBtc();
    const source = await loadCsvSource(folder);
    const closes = (await source.candles('BTC', '1h', 3, at('2024-03-01'))).map(({ close }) => close);
    expect(closes).toEqual([102, 103, 106]);
  });

  it('are absent for other symbols and intervals', async () => {
    await writeBtc();
    const source = await loadCsvSource(folder);
    expect(await source.candles('BTC', '15m', 3, at('2024-03-01'))).toEqual([]);
    expect(await source.candles('ETH', '1h', 3, at('2024-03-01'))).toEqual([]);
    expect(await source.price('ETH', at('2024-03-01'))).toBeNull();
  });

  it('of 15 minutes give a fresher price', async () => {
    await writeBtc();
    await write(
      'BTCUSDT_15m.csv',
      CANDLES,
      `${START},100,110,90,100.5,5`,
      `${START + HOUR_MS / 4},100,110,90,100.25,5`,
    );
    const source = await loadCsvSource(folder);
    expect((await source.price('BTC', at('2024-01-31T22:30:00Z')))!.value).toBe('100.25');
    expect((await source.price('BTC', at('2024-01-31T23:00:00Z')))!.value).toBe('101');
    expect(await source.candles('BTC', '15m', 3, at('2024-03-01'))).toHaveLength(2);
  });

  it('of several files are joined in the order of their names', async () => {
    await write('ethusdt_1h_2025.csv', CANDLES, candle(3));
    await write('ethusdt_1h_2024.csv', CANDLES, candle(0), candle(1));
    const source = await loadCsvSource(folder);
    expect(source.spans()).toEqual([
      { symbol: 'ETH', interval: '1h', from: at('2024-01-31T23:00:00Z'), to: at('2024-02-01T02:00:00Z'), candles: 3 },
    ]);
  });

  it('hold small prices exactly', async () => {
    await write('shibusdt_1h.csv', CANDLES, `${START},0.00000123,0.00000125,1e-7,0.0000001,5`);
    const source = await loadCsvSource(folder);
    expect((await source.price('SHIB', at('2024-02-01')))!.value).toBe('0.0000001');
  });
});

describe('daily values of a replay folder', () => {
  beforeEach(writeBtc);

  it('fear and greed is known from 00:00 UTC of its day', async () => {
    await write(
      'fear_greed_daily_x.csv',
      'date,value,value_classification,timestamp_s',
      '2024-02-01,40,Fear,0',
      '2024-02-02,60,Greed,0',
    );
    expect(await newest('fear_greed', '2024-02-01T23:59:59.999Z')).toBe(40);
    expect(await newest('fear_greed', '2024-02-02T00:00:00Z')).toBe(60);
  });

  it('the VIX is known the day after', async () => {
    await write('vix_daily.csv', 'DATE,OPEN,HIGH,LOW,CLOSE', '2024-02-01,1,2,3,13.5', '2024-02-02,1,2,3,14.5');
    expect(await newest('vix', '2024-02-02T23:59:59.999Z')).toBe(13.5);
    expect(await newest('vix', '2024-02-03T00:00:00Z')).toBe(14.5);
  });

  it('funding is known the day after', async () => {
    await write('binance_btcusdt_perp_funding_daily.csv', 'date,funding_mean,funding_abs', '2024-02-01,1e-04,1e-04');
    expect(await newest('funding', '2024-02-01T23:59:59.999Z')).toBeNull();
    expect(await newest('funding', '2024-02-02T00:00:00Z')).toBe(0.0001);
  });

  it('the yield of a month is known on the first day of the next', async () => {
    await write('us10y_yield_monthly.csv', 'Date,Rate', '2023-11-01,4.5', '2023-12-01,4.02');
    expect(await newest('us10y', '2023-12-31T23:59:59.999Z')).toBe(4.5);
    expect(await newest('us10y', '2024-01-01T00:00:00Z')).toBe(4.02);
  });

  const MACRO =
    'date,price,volume,vix,dxy,fng,hashrate,difficulty,active_addresses,fees_btc,tx_count,funding_mean,funding_abs';

  it('the collection is known the day after, and empty cells and a zero difficulty are absent', async () => {
    await write(
      'macro_onchain_sentiment_daily.csv',
      MACRO,
      '2024-02-01,1,1,13,103.5,50,500,70,,2.5,300,0.0001,0.0001',
      '2024-02-02,1,1,,104.5,51,,0,,,,,',
    );
    expect(await newest('dxy', '2024-02-02T23:59:59.999Z')).toBe(103.5);
    expect(await newest('dxy', '2024-02-03T00:00:00Z')).toBe(104.5);
    expect(await newest('difficulty', '2024-02-03T00:00:00Z')).toBe(70);
    expect(await newest('hash_rate', '2024-02-03T00:00:00Z')).toBe(500);
    expect(await newest('active_addresses', '2024-02-03T00:00:00Z')).toBeNull();
    expect(await newest('fees', '2024-02-03T00:00:00Z')).toBe(2.5);
    expect(await newest('transactions', '2024-02-03T00:00:00Z')).toBe(300);
    expect(await newest('vix', '2024-02-03T00:00:00Z')).toBe(13);
  });

  it('a file of its own takes precedence over the collection', async () => {
    await write('macro_onchain_sentiment_daily.csv', MACRO, '2024-02-05,1,1,99,103.5,50,500,70,,,,,');
    await write('vix_daily.csv', 'DATE,OPEN,HIGH,LOW,CLOSE', '2024-02-01,1,2,3,13.5');
    expect(await newest('vix', '2024-02-10')).toBe(13.5);
  });

  it('returns the window (at - days, at], with the file as source', async () => {
    await write('fear_greed_daily_x.csv', 'date,value', '2024-02-01,1', '2024-02-02,2', '2024-02-03,3');
    const source = await loadCsvSource(folder);
    expect(await source.series('fear_greed', 2, at('2024-02-03'))).toEqual([
      { value: 2, source: 'fear_greed_daily_x', observed_at: '2024-02-02T00:00:00.000Z' },
      { value: 3, source: 'fear_greed_daily_x', observed_at: '2024-02-03T00:00:00.000Z' },
    ]);
    expect(await source.series('mvrv', 2, at('2024-02-03'))).toEqual([]);
  });
});

describe('an unusable replay folder is refused in one line', () => {
  it('when it does not exist', async () => {
    await expect(loadCsvSource(path.join(folder, 'nowhere'))).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });

  it('when it has no candles', async () => {
    await write('fear_greed_daily.csv', 'date,value', '2024-02-01,1');
    await write('btcusdt_4h.csv', CANDLES, candle(0));
    await mkdir(path.join(folder, 'ethusdt_1h.csv'));
    expect(await problem()).toMatch(/has no candle file/);
  });

  it.each([
    ['too few columns', '1706738400000,100,110,90,100', '5 columns where the header has 6'],
    ['too many columns', `${candle(1)},1`, '7 columns where the header has 6'],
    ['an empty line', '', '1 columns where the header has 6'],
    ['a price that is not a number', `${START + HOUR_MS},100,110,90,NaN,5`, 'close is "NaN", not a number'],
    ['an infinite price', `${START + HOUR_MS},100,Infinity,90,100,5`, 'high is "Infinity", not a number'],
    ['a price too large for a number', `${START + HOUR_MS},100,1e999,90,100,5`, 'high is "1e999", not a number'],
    ['an empty price', `${START + HOUR_MS},,110,90,100,5`, 'open is "", not a number'],
    ['a price in another notation', `${START + HOUR_MS},0x10,110,90,100,5`, 'open is "0x10", not a number'],
    ['an invalid time', `2024-01-31,100,110,90,100,5`, 'timestamp_ms is "2024-01-31", not a time in milliseconds'],
    ['a time between two candles', `${START + HOUR_MS + 1},100,110,90,100,5`, 'is not the beginning of a candle of 1h'],
    ['a duplicate time', candle(0), `timestamp_ms ${START} is there twice`],
    ['a time before the row above', candle(-1), 'rows must ascend'],
    ['high below low', `${START + HOUR_MS},100,90,110,100,5`, 'high 90 is below low 110'],
    [
      'an open outside of high and low',
      `${START + HOUR_MS},111,110,90,100,5`,
      'open 111 is outside of low 90 .. high 110',
    ],
    [
      'a close outside of high and low',
      `${START + HOUR_MS},100,110,90,89,5`,
      'close 89 is outside of low 90 .. high 110',
    ],
    ['a price of zero', `${START + HOUR_MS},0,110,0,100,5`, 'low is 0: prices are above 0'],
    ['a negative volume', `${START + HOUR_MS},100,110,90,100,-5`, 'volume is -5: it is at least 0'],
  ])('when a candle row has %s', async (_what, row, expected) => {
    await write('btcusdt_1h_2024.csv', CANDLES, candle(0), row, candle(3));
    const message = await problem();
    expect(message).toContain(`btcusdt_1h_2024.csv row 3: `);
    expect(message).toContain(expected);
    expect(message).not.toContain('\n');
  });

  it('when quotes are not closed', async () => {
    await write('btcusdt_1h_2024.csv', CANDLES, candle(0), '"1,2');
    expect(await problem()).toMatch(/^btcusdt_1h_2024\.csv row \d+: not readable as CSV/);
  });

  it('when the header lacks a column', async () => {
    await write('btcusdt_1h.csv', 'timestamp_ms,open,high,low,close', '1,1,1,1,1');
    expect(await problem()).toBe('btcusdt_1h.csv row 1: the header lacks the column volume');
  });

  it('when a file is empty or has only a header', async () => {
    await write('btcusdt_1h.csv', CANDLES);
    expect(await problem()).toBe('btcusdt_1h.csv row 2: there is no row below the header');
    await writeFile(path.join(folder, 'btcusdt_1h.csv'), '');
    expect(await problem()).toContain('btcusdt_1h.csv row 1: the header lacks the column timestamp_ms');
  });

  it('when a second file begins before the first one ends', async () => {
    await write('btcusdt_1h_a.csv', CANDLES, candle(0), candle(1));
    await write('btcusdt_1h_b.csv', CANDLES, candle(1));
    expect(await problem()).toContain('btcusdt_1h_b.csv row 2: ');
  });

  it('when one coin is quoted in two currencies', async () => {
    await write('btcusdc_1h.csv', CANDLES, candle(0));
    await write('btcusdt_1h.csv', CANDLES, candle(1));
    expect(await problem()).toContain('btcusdt_1h.csv: BTC is quoted in usdt here and in usdc in another file');
  });

  it.each([
    ['an invalid date', '2024-02-30,50', 'date is "2024-02-30", not a date'],
    ['a date in another form', '02/03/2024,50', 'date is "02/03/2024", not a date'],
    ['a value that is not a number', '2024-02-03,fear', 'value is "fear", not a number'],
    ['a value out of its range', '2024-02-03,101', 'value is 101, outside of 0 .. 100'],
    ['a duplicate date', '2024-02-01,50', '2024-02-01 is there twice'],
    ['a date before the row above', '2024-01-01,50', '2024-01-01 is before the row above'],
  ])('when a daily row has %s', async (_what, row, expected) => {
    await writeBtc();
    await write('fear_greed_daily.csv', 'date,value', '2024-02-01,50', row);
    expect(await problem()).toContain(`fear_greed_daily.csv row 3: ${expected}`);
  });

  it('when two files hold the same daily data', async () => {
    await writeBtc();
    await write('vix_daily_a.csv', 'DATE,CLOSE', '2024-02-01,1');
    await write('vix_daily_b.csv', 'DATE,CLOSE', '2024-02-01,1');
    expect(await problem()).toBe('vix_daily_b.csv: vix_daily_a.csv holds the same kind of data: keep one of them');
  });
});

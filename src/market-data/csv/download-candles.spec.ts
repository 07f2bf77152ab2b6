import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TextCandle } from '../live/exchanges/closed-candles.js';
import { loadCsvSource } from './csv-source.js';
import { downloadCandles, type CandleHistorySource, DownloadRefused } from './download-candles.js';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const HEADER = 'timestamp_ms,open,high,low,close,volume\n';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conclave-download-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function candle(hour: number): TextCandle {
  return {
    openTime: START + hour * HOUR_MS,
    open: '100.50000000',
    high: '101.00000000',
    low: '99.00000000',
    close: '100.00000001',
    volume: '1234.50000000',
  };
}

const row = (hour: number): string => `${START + hour * HOUR_MS},100.5,101,99,100.00000001,1234.5\n`;

/** An exchange with candles of these hours, three at a time. */
function exchangeWith(hours: readonly number[]): CandleHistorySource & { readonly asked: number[] } {
  const asked: number[] = [];
  const fetch: CandleHistorySource = async (since) => {
    asked.push((since - START) / HOUR_MS);
    return hours
      .map(candle)
      .filter(({ openTime }) => openTime >= since)
      .slice(0, 3);
  };
  return Object.assign(fetch, { asked });
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, hour) => hour);
const file = (): string => join(folder, 'btcusdt_1h.csv');

function download(fetch: CandleHistorySource, to: number, from = 0, progress: (ms: number) => void = () => undefined) {
  const [begin, end] = [from, to].map((hour) => new Date(START + hour * HOUR_MS));
  return downloadCandles(
    { base: 'BTC', quote: 'USDT', interval: '1h', from: begin!, to: end!, directory: folder },
    fetch,
    progress,
  );
}

describe('a download of candles', () => {
  it('writes exact numbers in the format of replay, up to the end', async () => {
    const done: number[] = [];
    expect(await download(exchangeWith(upTo(20)), 7, 0, (ms) => done.push(ms / HOUR_MS))).toEqual({
      file: file(),
      added: 7,
    });
    expect(await readFile(file(), 'utf8')).toBe(HEADER + upTo(7).map(row).join(''));
    const source = await loadCsvSource(folder);
    expect(source.spans()).toMatchObject([{ symbol: 'BTC', interval: '1h', candles: 7 }]);
    expect(done).toEqual([...done].sort((one, other) => one - other));
    expect(done.at(-1)).toBe(7);
  });

  it('resumes after a failure, and continues for a later end', async () => {
    const whole = exchangeWith(upTo(20));
    let pages = 0;
    const failing: CandleHistorySource = async (since, limit) => {
      if (++pages === 3) throw new Error('connection lost');
      return whole(since, limit);
    };
    await expect(download(failing, 10)).rejects.toThrow('connection lost');
    whole.asked.length = 0;
    expect(await download(whole, 10)).toMatchObject({ added: 4 });
    expect(whole.asked).toEqual([6, 9]);
    expect(await download(whole, 12)).toMatchObject({ added: 2 });
    expect(await download(whole, 12)).toMatchObject({ added: 0 });
    expect(await readFile(file(), 'utf8')).toBe(HEADER + upTo(12).map(row).join(''));
  });

  it('removes an incomplete last row and fetches it again', async () => {
    await download(exchangeWith(upTo(20)), 3);
    await appendFile(file(), row(3).slice(0, 20));
    await download(exchangeWith(upTo(20)), 5);
    expect(await readFile(file(), 'utf8')).toBe(HEADER + upTo(5).map(row).join(''));
  });

  it('skips candles that the exchange does not have: before the first, in between, after the last', async () => {
    const exchange = exchangeWith([4, 5, 8, 9]);
    expect(await download(exchange, 20)).toMatchObject({ added: 4 });
    expect(await readFile(file(), 'utf8')).toBe(HEADER + [4, 5, 8, 9].map(row).join(''));
    expect(exchange.asked).toEqual([0, 9, 10]);
  });

  it('does not loop when the exchange returns candles older than requested', async () => {
    await download(async () => [candle(0)], 5);
    expect(await readFile(file(), 'utf8')).toBe(HEADER + row(0));
  });

  it('leaves no file without candles, which replay would refuse', async () => {
    const unknown: CandleHistorySource = () => Promise.reject(new Error('Invalid symbol.'));
    await expect(download(unknown, 5)).rejects.toThrow('Invalid symbol.');
    await expect(readFile(file())).rejects.toThrow('ENOENT');
    await expect(download(exchangeWith([]), 5)).rejects.toThrow(/has no candles of BTC\/USDT between 2024-01-01T00:00/);
    await expect(readFile(file())).rejects.toThrow('ENOENT');
    await download(exchangeWith(upTo(20)), 5);
    await expect(download(unknown, 9)).rejects.toThrow('Invalid symbol.');
    expect(await readFile(file(), 'utf8')).toBe(HEADER + upTo(5).map(row).join(''));
  });

  it('refuses a file that begins later than requested or is no candle file', async () => {
    await download(exchangeWith(upTo(20)), 5, 3);
    await expect(download(exchangeWith(upTo(20)), 5)).rejects.toThrow(DownloadRefused);
    await writeFile(file(), 'a letter\nto somebody\n');
    await expect(download(exchangeWith(upTo(20)), 5)).rejects.toThrow(/is no file of candles/);
    expect(await readFile(file(), 'utf8')).toBe('a letter\nto somebody\n');
  });
});

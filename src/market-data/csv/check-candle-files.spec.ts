import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkCandleFiles } from './check-candle-files.js';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const HEADER = 'timestamp_ms,open,high,low,close,volume';
const candle = (hour: number, prices = '100,110,90,105'): string => `${START + hour * HOUR_MS},${prices},5`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conclave-check-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function check(...rows: string[]) {
  await writeFile(join(folder, 'btcusdt_1h.csv'), `${[HEADER, ...rows].join('\n')}\n`);
  const [found] = await checkCandleFiles(folder);
  return found!;
}

describe('the check of candle files', () => {
  it('finds nothing in a valid file', async () => {
    expect(await check(candle(0), candle(1), candle(2))).toEqual({
      file: 'btcusdt_1h.csv',
      interval: '1h',
      candles: 3,
      span: { first: START, last: START + 2 * HOUR_MS },
      gaps: [],
      duplicates: [],
      impossible: [],
    });
  });

  it('counts every gap', async () => {
    const { gaps, candles } = await check(candle(0), candle(2), candle(3), candle(9));
    expect(candles).toBe(4);
    expect(gaps).toEqual([
      { from: START + HOUR_MS, missing: 1 },
      { from: START + 4 * HOUR_MS, missing: 5 },
    ]);
  });

  it('reports every duplicate candle, and gaps after it', async () => {
    const { duplicates, gaps } = await check(candle(0), candle(0), candle(1), candle(3), candle(1));
    expect(duplicates).toEqual([
      `btcusdt_1h.csv row 3: timestamp_ms ${START} is there twice`,
      `btcusdt_1h.csv row 6: timestamp_ms ${START + HOUR_MS} is there twice`,
    ]);
    expect(gaps).toEqual([{ from: START + 2 * HOUR_MS, missing: 1 }]);
  });

  it.each([
    ['high below low', candle(1, '100,90,110,100'), 'high 90 is below low 110'],
    ['a close outside', candle(1, '100,110,90,111'), 'close 111 is outside'],
    ['a price of zero', candle(1, '0,110,0,100'), 'low is 0'],
    ['a price that is not a number', candle(1, '100,110,90,NaN'), 'close is "NaN"'],
    ['a time between two candles', candle(1.5), 'is not the beginning of a candle'],
    ['half a row', `${START + HOUR_MS},100`, '2 columns where the header has 6'],
    ['a time before the row above', candle(-1), 'rows must ascend'],
  ])('reports the row of a candle with %s, and continues', async (_what, row, problem) => {
    const { impossible, candles } = await check(candle(0), row, candle(2), row);
    expect(impossible[0]).toContain(`btcusdt_1h.csv row 3: `);
    expect(impossible[0]).toContain(problem);
    expect(candles).toBeGreaterThanOrEqual(2);
  });

  it('reports the error of a file that is no table', async () => {
    expect((await check('1,2')).impossible).toEqual(['btcusdt_1h.csv row 2: 2 columns where the header has 6']);
  });

  it('checks all candle files and no other files', async () => {
    await check(candle(0));
    await writeFile(join(folder, 'ethusdt_15m_2024.csv'), `${HEADER}\n${candle(0)}\n`);
    await writeFile(join(folder, 'notes.csv'), 'a,b\n1,2\n');
    expect((await checkCandleFiles(folder)).map(({ file, interval }) => [file, interval])).toEqual([
      ['btcusdt_1h.csv', '1h'],
      ['ethusdt_15m_2024.csv', '15m'],
    ]);
  });

  it('refuses a folder without candle files', async () => {
    await expect(checkCandleFiles(folder)).rejects.toThrow(/has no candle file/);
    await expect(checkCandleFiles(join(folder, 'nowhere'))).rejects.toThrow(/cannot be read/);
  });
});

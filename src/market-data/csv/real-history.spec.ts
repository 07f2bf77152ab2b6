import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CsvSource, loadCsvSource } from './csv-source.js';

/** Real market history is not part of the repository; without it, the simulated market tests the same code. */
const DIRECTORY = path.resolve(process.env['MARKET_DATA_DIR'] ?? '../shared/data');
const isPresent = existsSync(path.join(DIRECTORY, 'btcusdt_1h_2021_2025.csv'));

describe('real history', () => {
  if (!isPresent) {
    it('is absent, so its figures are not checked (set MARKET_DATA_DIR)', () => {
      process.stdout.write(`SKIPPED: no market history in ${DIRECTORY}; set MARKET_DATA_DIR to check it.\n`);
      expect(isPresent).toBe(false);
    });
    return;
  }

  let source: CsvSource;
  beforeAll(async () => {
    source = await loadCsvSource(DIRECTORY);
  });

  it.each([
    ['BTC', 41_577, '2021-01-01T01:00:00Z', 3.9368, 0.772],
    ['ETH', 35_616, '2021-04-04T21:00:00Z', 0.8755, 0.8134],
  ])('of %s has the known buy-and-hold return and drawdown', async (symbol, count, from, factor, drawdown) => {
    const span = source.spans().find((each) => each.symbol === symbol)!;
    expect(span).toMatchObject({ interval: '1h', candles: count, from: new Date(from) });
    const closes = (await source.candles(symbol, '1h', Infinity, span.to)).map(({ close }) => close);
    expect(closes.at(-1)! / closes[0]!).toBeCloseTo(factor, 4);
    let peak = 0;
    let deepest = 0;
    for (const close of closes) {
      peak = Math.max(peak, close);
      deepest = Math.max(deepest, 1 - close / peak);
    }
    expect(deepest).toBeCloseTo(drawdown, 4);
  });

  it('shows only data known at the given time', async () => {
    const at = new Date('2024-03-15T10:30:00Z');
    expect(await source.price('BTC', at)).toMatchObject({ value: '67799.31', observed_at: '2024-03-15T10:00:00.000Z' });
    expect((await source.series('fear_greed', 10, at)).at(-1)).toMatchObject({
      value: 83,
      observed_at: '2024-03-15T00:00:00.000Z',
    });
    expect((await source.series('us10y', 60, at)).at(-1)).toMatchObject({
      value: 4.21,
      observed_at: '2024-03-01T00:00:00.000Z',
    });
    expect((await source.series('vix', 10, at)).at(-1)).toMatchObject({
      value: 14.4,
      observed_at: '2024-03-15T00:00:00.000Z',
    });
  });
});

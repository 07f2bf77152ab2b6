import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Toolbox } from '../toolbox.js';
import { MARKET_TOOLS } from '../tools/market-tools.js';
import { SimulatedSource } from './simulated-source.js';

const AT = new Date('2026-03-14T09:26:53.589Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const source = new SimulatedSource('spec');

const anyTime = fc
  .integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 2, 20) })
  .map((milliseconds) => new Date(milliseconds));
const property = { seed: 7, numRuns: 60 };

describe('the simulated market is a pure function of seed, symbol and time', () => {
  it('gives the same answers after a restart, regardless of earlier requests', async () => {
    const restarted = new SimulatedSource('spec');
    await restarted.candles('ETH', '15m', 50, new Date('2019-06-01'));
    await restarted.series('vix', 10, new Date('2020-01-01'));
    expect(await restarted.candles('BTC', '1h', 300, AT)).toEqual(await source.candles('BTC', '1h', 300, AT));
    expect(await restarted.price('ETH', AT)).toEqual(await source.price('ETH', AT));
    expect(await restarted.series('fear_greed', 40, AT)).toEqual(await source.series('fear_greed', 40, AT));
  });

  it('never changes its history: a changed algorithm is a changed market', async () => {
    expect([await source.price('BTC', AT), await source.price('ETH', AT)].map((price) => price!.value)).toEqual([
      '74808.25',
      '4594.39',
    ]);
  });

  it('is another market with another seed', async () => {
    const other = new SimulatedSource('another');
    expect(await other.price('BTC', AT)).not.toEqual(await source.price('BTC', AT));
  });

  it('returns a shorter window as the end of a longer one', async () => {
    const windows = fc.asyncProperty(anyTime, fc.integer({ min: 1, max: 60 }), async (at, count) => {
      const short = await source.candles('BTC', '15m', count, at);
      expect(short).toHaveLength(count);
      expect(short).toEqual((await source.candles('BTC', '15m', 100, at)).slice(-count));
    });
    await fc.assert(windows, property);
  });

  it('shows only data known at the given time: a later view of the same window is equal', async () => {
    const later = fc.asyncProperty(anyTime, async (at) => {
      const seen = await source.candles('ETH', '1h', 24, at);
      const seenLater = await source.candles('ETH', '1h', 48, new Date(at.getTime() + 20 * HOUR_MS));
      expect(seen.at(-1)!.closeTime).toBeLessThanOrEqual(at.getTime());
      expect(seenLater.filter(({ closeTime }) => closeTime <= at.getTime()).slice(-24)).toEqual(
        seen.slice(-seen.length),
      );
    });
    await fc.assert(later, property);
  });
});

describe('candles and prices of the simulated market agree', () => {
  it('opens each candle at the previous close, also across days', async () => {
    const candles = await source.candles('BTC', '15m', 300, AT);
    candles.slice(1).forEach((candle, index) => {
      expect(candle.open).toBe(candles[index]!.close);
      expect(candle.openTime).toBe(candles[index]!.closeTime);
    });
  });

  it('has hourly candles that exactly combine their quarters', async () => {
    const hours = await source.candles('ETH', '1h', 72, AT);
    const quarters = await source.candles('ETH', '15m', 4 * 72 + 3, AT);
    for (const hour of hours) {
      const parts = quarters.filter(({ openTime }) => openTime >= hour.openTime && openTime < hour.closeTime);
      expect(parts).toHaveLength(4);
      expect(hour).toEqual({
        openTime: parts[0]!.openTime,
        closeTime: parts[3]!.closeTime,
        open: parts[0]!.open,
        high: Math.max(...parts.map(({ high }) => high)),
        low: Math.min(...parts.map(({ low }) => low)),
        close: parts[3]!.close,
        volume: parts[0]!.volume + parts[1]!.volume + parts[2]!.volume + parts[3]!.volume,
      });
    }
  });

  it('has the close as its price when a candle closes, and stays between high and low within it', async () => {
    for (const { openTime, closeTime, high, low, close } of await source.candles('BTC', '15m', 100, AT)) {
      expect(Number((await source.price('BTC', new Date(closeTime)))!.value)).toBe(close);
      const inside = Number((await source.price('BTC', new Date(openTime + 7 * 60_000 + 123)))!.value);
      expect(inside).toBeGreaterThanOrEqual(low);
      expect(inside).toBeLessThanOrEqual(high);
    }
  });

  it('observes the price on the minute', async () => {
    expect(await source.price('BTC', AT)).toMatchObject({
      source: 'simulated',
      observed_at: '2026-03-14T09:26:00.000Z',
    });
  });
});

describe('the simulated market has limits', () => {
  it.each(['btc', '', 'constructor', '__proto__', 'A-B', 'X'.repeat(21)])('knows no coin "%s"', async (symbol) => {
    expect(source.hasMarket(symbol)).toBe(false);
    expect(await source.price(symbol, AT)).toBeNull();
    expect(await source.candles(symbol, '1h', 10, AT)).toEqual([]);
  });

  it.each(['2014-12-31T23:59:59.999Z', '1970-01-01', '2100-01-01', '9999-12-31'])('has no data at %s', async (time) => {
    const at = new Date(time);
    expect(await source.price('BTC', at)).toBeNull();
    expect(await source.candles('BTC', '1h', 10, at)).toEqual([]);
    expect(await source.series('dxy', 10, at)).toEqual([]);
  });

  it('has candles only since its beginning', async () => {
    const candles = await source.candles('BTC', '1h', 300, new Date('2015-01-01T05:30:00Z'));
    expect(candles.map(({ openTime }) => openTime)).toEqual([0, 1, 2, 3, 4].map((h) => Date.UTC(2015, 0, 1, h)));
  });
});

describe('a coin without parameters in the simulated market', () => {
  it.each(['SOL', 'DOGE', '1INCH'])('has a market of its own: %s', async (symbol) => {
    expect(source.hasMarket(symbol)).toBe(true);
    const candles = await source.candles(symbol, '1h', 300, AT);
    expect(candles).toHaveLength(300);
    const closes = candles.map(({ close }) => close);
    expect([Math.min(...closes) > 1, Math.max(...closes) < 5000, new Set(closes).size > 100]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await source.fundingRates(symbol, 10, AT)).toHaveLength(10);
  });

  it('is the same in every instance and order of requests, and differs from other coins', async () => {
    const other = new SimulatedSource('spec');
    const doge = await other.price('DOGE', AT);
    expect(await other.price('SOL', AT)).toEqual(await source.price('SOL', AT));
    expect(doge).toEqual(await source.price('DOGE', AT));
    expect(doge!.value).not.toBe((await source.price('SOL', AT))!.value);
  });
});

describe('series of the simulated market', () => {
  it('have one value per day within (at - days, at], known from 00:00 UTC', async () => {
    const values = await source.series('vix', 3, new Date('2026-03-14T00:00:00Z'));
    expect(values.map(({ observed_at }) => observed_at)).toEqual([
      '2026-03-12T00:00:00.000Z',
      '2026-03-13T00:00:00.000Z',
      '2026-03-14T00:00:00.000Z',
    ]);
  });

  it('never change once known', async () => {
    const early = await source.series('fear_greed', 30, AT);
    const late = await source.series('fear_greed', 60, new Date(AT.getTime() + 30 * DAY_MS));
    expect(late.slice(0, 30)).toEqual(early);
  });

  it.each([
    ['fear_greed', 0, 100],
    ['dxy', 90, 114],
    ['us10y', 0.5, 7],
    ['vix', 12, 40],
    ['m2_yoy', -3, 12],
    ['fed_funds', 0, 7.1],
    ['hash_rate', 2e7, 5e9],
    ['difficulty', 2e12, 5e14],
    ['active_addresses', 4e5, 1.2e6],
    ['transactions', 2e5, 8e5],
    ['nvt', 20, 250],
    ['mvrv', 0.5, 6],
    ['fees', 0.5, 120],
    ['funding', -0.0005, 0.0005],
  ] as const)('%s stays between %d and %d', async (name, low, high) => {
    const values = (await source.series(name, 2500, AT)).map(({ value }) => value);
    expect(values).toHaveLength(2500);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...values)).toBeLessThanOrEqual(high);
    expect(new Set(values).size).toBeGreaterThan(5);
  });

  it('has different funding rates for each coin, and those of BTC as the series', async () => {
    const rates = async (symbol: string) => (await source.fundingRates(symbol, 500, AT)).map(({ value }) => value);
    const ether = await rates('ETH');
    expect(await source.fundingRates('BTC', 500, AT)).toEqual(await source.series('funding', 500, AT));
    expect(ether).not.toEqual(await rates('BTC'));
    expect(ether).toEqual((await new SimulatedSource('spec').fundingRates('ETH', 500, AT)).map(({ value }) => value));
    expect([Math.min(...ether) >= -0.0005, Math.max(...ether) <= 0.0005, new Set(ether).size > 50]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('has a hash rate that grows from year to year', async () => {
    const values = (await source.series('hash_rate', 1461, AT)).map(({ value }) => value);
    expect(values.at(-1)! / values[0]!).toBeGreaterThan(2);
  });

  it('has fresh values for every tool', async () => {
    const none = new Map<string, boolean>();
    const failures: unknown[] = [];
    const toolbox = new Toolbox(source, { agents: none, tools: none, apis: none }, AT, 'binance_spot', (f) =>
      failures.push(f),
    );
    for (const tool of MARKET_TOOLS.all()) {
      const reading =
        tool.kind === 'price'
          ? await toolbox.price('BTC')
          : tool.kind === 'candles'
            ? await toolbox.candles('BTC', '15m', 20)
            : await toolbox.series(tool.name, 30);
      expect({ tool: tool.name, absent: reading.absent }).toEqual({ tool: tool.name, absent: null });
    }
    expect(failures).toEqual([]);
  });
});

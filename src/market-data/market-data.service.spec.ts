import { beforeEach, describe, expect, it } from '@jest/globals';
import { dailyValues, FakeMarketSource, hourlyCandles, switches } from '../../test/support/fake-market-source.js';
import type { RegistryService } from '../registry/registry.service.js';
import { MarketDataUnavailable } from './market-data-errors.js';
import { MarketDataService } from './market-data.service.js';

const AT = new Date('2026-03-14T09:30:00Z');

let source: FakeMarketSource;
let off: Parameters<typeof switches>[0];
let readings: number;

/** Closes 1..30, the last one at 09:00; 24 hours before 09:30 the last closed candle is that of 09:00 the day before. */
const closes = Array.from({ length: 30 }, (_, index) => index + 1);

beforeEach(() => {
  source = new FakeMarketSource();
  source.priceAnswer = { value: '9', source: 'test', observed_at: AT.toISOString() };
  source.candlesAnswer = hourlyCandles(AT, closes);
  source.seriesAnswers.set('fear_greed', dailyValues(AT, [40, 55]));
  source.seriesAnswers.set('dxy', dailyValues(AT, [100, 104.5]));
  off = {};
  readings = 0;
});

const noSwitches = { switches: async () => switches() } as unknown as RegistryService;

function createService(): MarketDataService {
  const registry = {
    switches: async () => {
      readings++;
      return switches(off);
    },
  } as unknown as RegistryService;
  return new MarketDataService(source, registry, { now: () => AT });
}

async function snapshot() {
  const service = createService();
  const toolbox = await service.openToolbox(AT, 'binance_spot');
  return service.snapshot('BTC', AT, toolbox);
}

/** The candles with these closes are missing. */
function removeCandles(...missing: number[]): void {
  source.candlesAnswer = source.candlesAnswer.filter(({ close }) => !missing.includes(close));
}

describe('a market snapshot', () => {
  it('holds the newest values with their source and time', async () => {
    expect(await snapshot()).toEqual({
      market: 'simulated',
      symbol: 'BTC',
      taken_at: '2026-03-14T09:30:00.000Z',
      price: { value: '9', source: 'test', observed_at: '2026-03-14T09:30:00.000Z' },
      // The candle 24 hours before the last one (30) closed at 6: a change from 6 to 9.
      change_24h_percent: { value: 50, source: 'test', observed_at: '2026-03-14T09:30:00.000Z' },
      hour_volume: { value: 1_000_000, source: 'test binance_spot BTC 1h', observed_at: '2026-03-14T09:00:00.000Z' },
      fear_greed: { value: 55, source: 'test', observed_at: '2026-03-14T00:00:00.000Z' },
      dxy: { value: 104.5, source: 'test', observed_at: '2026-03-14T00:00:00.000Z' },
    });
  });

  it('reads the switches once and every value once', async () => {
    await snapshot();
    expect(readings).toBe(1);
    expect(new Set(source.calls).size).toBe(source.calls.length);
  });

  it('has no volume without candles', async () => {
    source.candlesAnswer = [];
    expect(await snapshot()).toMatchObject({ hour_volume: null });
  });

  it('fails without a price, with a code', async () => {
    source.priceAnswer = null;
    await expect(snapshot()).rejects.toThrow(MarketDataUnavailable);
    await expect(snapshot()).rejects.toMatchObject({
      code: 'market_data_unavailable',
      reason: 'no_data',
      symbol: 'BTC',
    });
  });

  it('fails when the price is switched off', async () => {
    off = { tools: ['get_price'] };
    await expect(snapshot()).rejects.toMatchObject({ code: 'market_data_unavailable', reason: 'tool_inactive' });
  });

  it('has null for absent values', async () => {
    source.seriesAnswers.clear();
    source.candlesAnswer = [];
    expect(await snapshot()).toMatchObject({ change_24h_percent: null, fear_greed: null, dxy: null });
  });

  it('refuses a toolbox of another time', async () => {
    const service = createService();
    const toolbox = await service.openToolbox(AT, 'binance_spot');
    await expect(service.snapshot('BTC', new Date(AT.getTime() + 1), toolbox)).rejects.toThrow(/toolbox of 2026-03-14/);
  });
});

describe('the present price', () => {
  it('is prefetched before its time is fixed', async () => {
    const prepared: string[] = [];
    let now = AT;
    source.prepare = async (symbol, channel) => {
      prepared.push(`${symbol} ${channel}`);
      now = new Date(AT.getTime() + 5000);
    };
    source.priceAnswer = { value: '9', source: 'test', observed_at: '2026-03-14T09:30:04.000Z' };
    const service = new MarketDataService(source, noSwitches, { now: () => now });
    expect(await service.priceNow('BTC', 'binance_spot')).toEqual({ price: source.priceAnswer, at: now });
    expect(prepared).toEqual(['BTC binance_spot']);
  });

  it('fails when there is none', async () => {
    source.priceAnswer = null;
    await expect(createService().priceNow('BTC', 'binance_spot')).rejects.toThrow(MarketDataUnavailable);
  });
});

describe('the present market', () => {
  it('has the volume of the last closed hour and the price', async () => {
    expect(await createService().marketNow('BTC', 'binance_spot')).toMatchObject({
      price: { value: '9' },
      hourVolume: { value: 1_000_000 },
    });
  });

  it('has no volume when the candles are invalid, so that a close does not wait for them', async () => {
    source.candlesAnswer = source.candlesAnswer.map((candle) => ({ ...candle, volume: -1 }));
    expect(await createService().marketNow('BTC', 'binance_spot')).toMatchObject({ hourVolume: null });
  });
});

describe('the change over 24 hours', () => {
  it('uses the previous candle when the right one is missing', async () => {
    removeCandles(6);
    expect((await snapshot()).change_24h_percent!.value).toBeCloseTo(80, 9);
  });

  it('is absent when two candles are missing there', async () => {
    removeCandles(6, 5);
    expect((await snapshot()).change_24h_percent).toBeNull();
  });

  it('is absent with less than 24 hours of candles', async () => {
    source.candlesAnswer = source.candlesAnswer.slice(-24);
    expect((await snapshot()).change_24h_percent).toBeNull();
  });
});

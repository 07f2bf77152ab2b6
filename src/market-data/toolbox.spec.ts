import { beforeEach, describe, expect, it } from '@jest/globals';
import { dailyValues, FakeMarketSource, hourlyCandles, toolboxOn } from '../../test/support/fake-market-source.js';
import { MarketDataDefect } from './market-data-errors.js';
import type { SourceFailure } from './toolbox.js';

const AT = new Date('2026-03-14T09:30:00Z');
const before = (milliseconds: number) => new Date(AT.getTime() - milliseconds).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let source: FakeMarketSource;

beforeEach(() => {
  source = new FakeMarketSource();
  source.priceAnswer = { value: '65000.5', source: 'test', observed_at: before(MINUTE) };
  source.candlesAnswer = hourlyCandles(AT, [1, 2, 3]);
  source.seriesAnswers.set('dxy', dailyValues(AT, [100, 101]));
  source.seriesAnswers.set('fear_greed', dailyValues(AT, [40]));
});

describe('a toolbox fetches each value once', () => {
  it('for concurrent and later callers', async () => {
    const toolbox = toolboxOn(source, AT);
    const [first, second] = await Promise.all([toolbox.series('get_dxy', 30), toolbox.series('get_dxy', 30)]);
    expect(await toolbox.series('get_dxy', 30)).toBe(first);
    expect(second).toBe(first);
    expect(source.calls).toEqual(['series dxy 30']);
  });

  it('but again for other arguments, symbols and intervals', async () => {
    const toolbox = toolboxOn(source, AT);
    await toolbox.series('get_dxy', 30);
    await toolbox.series('get_dxy', 31);
    await toolbox.candles('BTC', '1h', 3);
    await toolbox.candles('ETH', '1h', 3);
    await toolbox.price('BTC');
    await toolbox.price('ETH');
    expect(new Set(source.calls).size).toBe(6);
  });

  it('including a failure, so that all agents of a run see the same market', async () => {
    source.failure = new Error('connection refused');
    const toolbox = toolboxOn(source, AT);
    await toolbox.series('get_dxy', 30);
    source.failure = null;
    expect((await toolbox.series('get_dxy', 30)).absent).toBe('source_failed');
  });
});

describe('a toolbox obeys the switches of the run', () => {
  it('returns no value from a tool that is off, and does not query the source', async () => {
    const toolbox = toolboxOn(source, AT, { tools: ['get_dxy', 'get_price', 'get_candles'] });
    expect(await toolbox.series('get_dxy', 30)).toEqual({ value: null, absent: 'tool_inactive' });
    expect((await toolbox.price('BTC')).absent).toBe('tool_inactive');
    expect((await toolbox.candles('BTC', '1h', 3)).absent).toBe('tool_inactive');
    expect(source.calls).toEqual([]);
  });

  it('returns no value from a tool whose API is off; other tools work', async () => {
    const toolbox = toolboxOn(source, AT, { apis: ['fred_api', 'binance_api'] });
    expect(await toolbox.series('get_dxy', 30)).toEqual({ value: null, absent: 'source_inactive' });
    expect((await toolbox.price('BTC')).absent).toBe('source_inactive');
    expect((await toolbox.series('get_fear_greed', 30)).absent).toBeNull();
  });

  it('queries the venue of its channel, and checks only the API of that venue', async () => {
    const off = { apis: ['binance_api'] };
    expect((await toolboxOn(source, AT, off, [], 'hyperliquid_perp').price('BTC')).absent).toBeNull();
    expect((await toolboxOn(source, AT, off, [], 'binance_spot').price('BTC')).absent).toBe('source_inactive');
    expect(source.channels).toEqual(['hyperliquid_perp']);
  });

  it('knows which agents are off', () => {
    const toolbox = toolboxOn(source, AT, { agents: ['ta'] });
    expect([toolbox.isAgentActive('ta'), toolbox.isAgentActive('macro')]).toEqual([false, true]);
  });
});

describe('a toolbox gives the reason for an absent value', () => {
  it('when the source has no data', async () => {
    source.priceAnswer = null;
    source.candlesAnswer = [];
    const toolbox = toolboxOn(source, AT);
    expect((await toolbox.price('BTC')).absent).toBe('no_data');
    expect((await toolbox.candles('BTC', '1h', 3)).absent).toBe('no_data');
    expect((await toolbox.series('get_vix', 3)).absent).toBe('no_data');
  });

  it('when the source fails, and reports the failure', async () => {
    const failures: SourceFailure[] = [];
    source.failure = new Error('connection refused');
    const toolbox = toolboxOn(source, AT, {}, failures);
    expect((await toolbox.price('BTC')).absent).toBe('source_failed');
    expect((await toolbox.candles('BTC', '1h', 3)).absent).toBe('source_failed');
    expect((await toolbox.series('get_dxy', 3)).absent).toBe('source_failed');
    expect(failures).toEqual(
      ['get_price', 'get_candles', 'get_dxy'].map((tool) => ({ tool, code: null, message: 'connection refused' })),
    );
  });

  it('when the price is older than two minutes', async () => {
    source.priceAnswer = { value: '1', source: 'test', observed_at: before(2 * MINUTE) };
    expect((await toolboxOn(source, AT).price('BTC')).absent).toBeNull();
    source.priceAnswer = { value: '1', source: 'test', observed_at: before(2 * MINUTE + 1) };
    expect((await toolboxOn(source, AT).price('BTC')).absent).toBe('too_old');
  });

  it('when a price from candles is older than two hours', async () => {
    source.traits = { priceFrom: 'candle_close', monthlySeries: [] };
    source.priceAnswer = { value: '1', source: 'test', observed_at: before(2 * HOUR) };
    expect((await toolboxOn(source, AT).price('BTC')).absent).toBeNull();
    source.priceAnswer = { value: '1', source: 'test', observed_at: before(2 * HOUR + 1) };
    expect((await toolboxOn(source, AT).price('BTC')).absent).toBe('too_old');
  });

  it('when the last candle closed more than two candles ago', async () => {
    source.candlesAnswer = hourlyCandles(new Date(AT.getTime() - HOUR), [1, 2]);
    expect((await toolboxOn(source, AT).candles('BTC', '1h', 2)).absent).toBeNull();
    source.candlesAnswer = hourlyCandles(new Date(AT.getTime() - 2 * HOUR), [1, 2]);
    expect((await toolboxOn(source, AT).candles('BTC', '1h', 2)).absent).toBe('too_old');
  });

  it('when the newest value of a series is too old, even if older values exist', async () => {
    source.seriesAnswers.set('fear_greed', dailyValues(new Date('2026-03-13'), [10, 20]));
    expect((await toolboxOn(source, AT).series('get_fear_greed', 30)).absent).toBeNull();
    source.seriesAnswers.set('fear_greed', dailyValues(new Date('2026-03-12'), [10, 20]));
    expect((await toolboxOn(source, AT).series('get_fear_greed', 30)).absent).toBe('too_old');
  });
});

describe('a toolbox refuses impossible data', () => {
  const nextMinute = new Date(AT.getTime() + MINUTE).toISOString();

  it.each([
    ['from the future', '65000', nextMinute],
    ['with an invalid time', '65000', 'yesterday'],
    ['that is not a plain decimal', '6.5e4', AT.toISOString()],
    ['of NaN', 'NaN', AT.toISOString()],
    ['of zero', '0.00', AT.toISOString()],
    ['below zero', '-1', AT.toISOString()],
  ])('a price %s', async (_what, value, observed_at) => {
    source.priceAnswer = { value, source: 'test', observed_at };
    await expect(toolboxOn(source, AT).price('BTC')).rejects.toThrow(MarketDataDefect);
  });

  it.each([
    ['that has not closed', { closeTime: AT.getTime() + 1 }],
    ['with high below low', { high: 0.5 }],
    ['of NaN', { close: NaN }],
    ['of Infinity', { high: Infinity }],
    ['below zero', { low: -1 }],
    ['with a negative volume', { volume: -1 }],
    ['with a NaN volume', { volume: Number.NaN }],
  ])('a candle %s', async (_what, change) => {
    source.candlesAnswer = source.candlesAnswer.map((candle, index) =>
      index === 2 ? { ...candle, ...change } : candle,
    );
    await expect(toolboxOn(source, AT).candles('BTC', '1h', 3)).rejects.toThrow(MarketDataDefect);
  });

  it('candles out of order', async () => {
    source.candlesAnswer = [...source.candlesAnswer].reverse();
    await expect(toolboxOn(source, AT).candles('BTC', '1h', 3)).rejects.toThrow(MarketDataDefect);
  });

  it.each([
    ['from the future', [{ value: 1, source: 'test', observed_at: nextMinute }]],
    ['of NaN', [{ value: NaN, source: 'test', observed_at: before(0) }]],
    ['out of order', [before(1), before(2)].map((observed_at) => ({ value: 1, source: 'test', observed_at }))],
    ['with duplicate times', [before(1), before(1)].map((observed_at) => ({ value: 1, source: 'test', observed_at }))],
  ])('values %s', async (_what, values) => {
    source.seriesAnswers.set('dxy', values);
    await expect(toolboxOn(source, AT).series('get_dxy', 3)).rejects.toThrow(MarketDataDefect);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MARKET_DATA_SOURCE, type MarketDataSource } from '../../src/market-data/market-data-source.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Candle {
  readonly opened_at: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
}

const HOUR = 3_600_000;

describe('candles', () => {
  let t: TestApp;
  let token: string;

  beforeAll(async () => {
    t = await createTestApp();
    token = await t.signIn('user');
  });

  afterAll(() => t.close());

  const ask = (query: Record<string, string>) =>
    t.http.get('/api/v1/market/candles').query(query).set('Authorization', `Bearer ${token}`);
  const BTC = { symbol: 'BTC', channel: 'binance_spot', interval: '1h' };

  it('are the newest closed ones, oldest first, whole, and as the source has them', async () => {
    const { body, status } = await ask({ ...BTC, limit: '24' });
    const { market, items } = body as { market: string; items: Candle[] };
    expect([status, market, items.length]).toEqual([200, 'simulated', 24]);
    const times = items.map(({ opened_at }) => Date.parse(opened_at));
    for (const [index, time] of times.entries()) expect(time).toBe(times[0]! + index * HOUR);
    expect(times.at(-1)! + HOUR).toBeLessThanOrEqual(Date.now() + 1000);
    expect(times.at(-1)! + 2 * HOUR).toBeGreaterThan(Date.now() - 1000);
    for (const { open, high, low, close } of items) {
      expect(Number(high)).toBeGreaterThanOrEqual(Math.max(Number(open), Number(close)));
      expect(Number(low)).toBeLessThanOrEqual(Math.min(Number(open), Number(close)));
    }
    const source = t.app.get<MarketDataSource>(MARKET_DATA_SOURCE);
    const [known] = await source.candles('BTC', '1h', 1, new Date(times.at(-1)! + HOUR), 'binance_spot');
    expect([known!.openTime, String(known!.close)]).toEqual([times.at(-1), items.at(-1)!.close]);
  });

  it('can be narrowed to a span', async () => {
    const to = new Date(Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR);
    const from = new Date(to.getTime() - 5 * HOUR);
    const { body } = await ask({ ...BTC, from: from.toISOString(), to: to.toISOString() });
    const times = (body as { items: Candle[] }).items.map(({ opened_at }) => Date.parse(opened_at));
    expect(times).toEqual([0, 1, 2, 3, 4].map((hours) => from.getTime() + hours * HOUR));
  });

  it.each([
    ['a symbol that the channel does not trade', { symbol: 'DOGE' }, '/symbol unknown_symbol'],
    ['a channel that there is not', { channel: 'nowhere' }, '/channel unknown_trade_channel'],
    ['an interval that there is not', { interval: '2h' }, '/interval unknown_value'],
    ['too many', { limit: '1000' }, '/limit out_of_range'],
    ['a time that is none', { from: 'yesterday' }, '/from bad_format'],
  ])('are refused for %s', async (_what, wrong, violation) => {
    const { status, body } = await ask({ ...BTC, ...wrong });
    const { errors } = body as { errors: { pointer: string; code: string }[] };
    expect([status, errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([400, [violation]]);
  });

  it('are a 503 while the source cannot be asked, never an empty list', async () => {
    const source = t.app.get<MarketDataSource>(MARKET_DATA_SOURCE);
    const candles = source.candles.bind(source);
    source.candles = () => Promise.reject(new Error('away'));
    const { status, body } = await ask(BTC);
    source.candles = candles;
    expect([status, (body as { code: string }).code]).toEqual([503, 'market_data_unavailable']);
  });
});

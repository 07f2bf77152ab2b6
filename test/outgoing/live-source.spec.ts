import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Money } from '../../src/domain/money/decimal.js';
import { MarketFetchStore } from '../../src/market-data/live/market-fetch.store.js';
import { SharedFetches } from '../../src/market-data/live/shared-fetches.js';
import { LiveSource } from '../../src/market-data/live/live-source.js';
import type { SeriesName } from '../../src/market-data/market-data-source.js';
import { VirtualClock } from '../../src/platform/clock.js';
import { createApiClient, setApi } from '../support/api-client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { DISTURBANCES, sendJson } from '../support/local-api.js';
import { candleAt } from '../support/outside/exchange-answers.js';
import { OutsideWorld, type OutsideApi } from '../support/outside/outside-world.js';
import { eventually } from '../support/eventually.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const VENUES = [
  ['binance_spot', 'binance_api'],
  ['hyperliquid_perp', 'hyperliquid_api'],
] as const;

let database: TestDatabase;
let world: OutsideWorld;
let clock: VirtualClock;
let source: LiveSource;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await OutsideWorld.start();
  await world.connect(database);
});

afterAll(async () => {
  world.stop();
  await database.close();
});

beforeEach(async () => {
  world.reset();
  await database.dataSource.query(`DELETE FROM api_states`);
  clock = new VirtualClock(new Date());
  // A new client knows of no failure before.
  source = await newSource();
});

/** A source as a process has it that asks for itself. */
async function newSource(shared: SharedFetches | null = null): Promise<LiveSource> {
  return new LiveSource(await createApiClient(database, clock), clock, shared);
}

const asked = (name: OutsideApi): number => world.api(name).requests.length;

describe.each(VENUES)('the price of %s', (channel, api) => {
  it('is what the exchange says, exactly, and known at our question at the latest', async () => {
    world.exchanges.price = 100_001.5;
    await source.prepare('BTC', channel);
    clock.advance(1000);
    const price = await source.price('BTC', clock.now(), channel);
    expect(new Money(price!.value).eq('100001.5')).toBe(true);
    expect(price!.source).toContain(api);
    expect(Date.parse(price!.observed_at)).toBeLessThanOrEqual(clock.now().getTime() - 1000);
    expect(asked(api)).toBe(1);
  });

  it('is one question, however many ask at once and within five seconds', async () => {
    await Promise.all([source.prepare('BTC', channel), source.prepare('BTC', channel), source.prepare('BTC', channel)]);
    clock.advance(4000);
    await source.prepare('BTC', channel);
    expect(asked(api)).toBe(1);
    clock.advance(2000);
    await source.prepare('BTC', channel);
    await source.prepare('ETH', channel);
    expect(asked(api)).toBe(3);
  });

  it('is that of the moment of the look, even when a newer one has come since', async () => {
    await source.prepare('BTC', channel);
    const look = clock.now();
    clock.advance(8000);
    world.exchanges.price = 70_000;
    await source.prepare('BTC', channel);
    expect(new Money((await source.price('BTC', look, channel))!.value).eq(65_000)).toBe(true);
    expect(new Money((await source.price('BTC', clock.now(), channel))!.value).eq(70_000)).toBe(true);
  });

  it('is absent for a moment before everything that is known', async () => {
    await source.prepare('BTC', channel);
    expect(await source.price('BTC', new Date(clock.now().getTime() - MINUTE_MS), channel)).toBeNull();
  });

  it.each([
    ['an hour ahead', HOUR_MS],
    ['an hour behind', -HOUR_MS],
  ])('is as old as the exchange says, also when its clock is %s', async (_what, skewMs) => {
    world.exchanges.skewMs = skewMs;
    await source.prepare('BTC', channel);
    const price = await source.price('BTC', clock.now(), channel);
    const age = clock.now().getTime() - Date.parse(price!.observed_at);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(2000);
  });

  it('is gone when the exchange fails, and back when it is back', async () => {
    await source.prepare('BTC', channel);
    const look = clock.now();
    clock.advance(6000);
    world.answer(api, DISTURBANCES['a redirect']!);
    await source.prepare('BTC', channel);
    await expect(source.price('BTC', clock.now(), channel)).rejects.toThrow(`${api} answers with a redirect`);
    // A run that began before the failure keeps what it saw.
    expect(await source.price('BTC', look, channel)).not.toBeNull();
    world.answer(api);
    await source.prepare('BTC', channel);
    expect(await source.price('BTC', clock.now(), channel)).not.toBeNull();
  });

  it('is never made up for a symbol that the exchange does not know', async () => {
    await expect(source.price('NOPE', clock.now(), channel)).rejects.toThrow(/refuses the request \(4\d\d\)/);
  });
});

describe('two processes', () => {
  beforeEach(() => database.dataSource.query(`DELETE FROM market_fetches`));

  it('ask once for what both want, and each sees the same', async () => {
    const processes = await Promise.all(
      [1, 2].map(() => newSource(new SharedFetches(new MarketFetchStore(database.dataSource)))),
    );
    await Promise.all(processes.map((one) => one.prepare('BTC', 'binance_spot')));
    const at = clock.now();
    const seen = await Promise.all(
      processes.map(async (one) => ({
        price: await one.price('BTC', at, 'binance_spot'),
        candles: await one.candles('BTC', '1h', 300, at, 'binance_spot'),
        dxy: await one.series('dxy', 140, at),
      })),
    );
    expect(seen[0]!.candles).toHaveLength(300);
    expect(seen[0]!.price).not.toBeNull();
    expect(seen[1]).toEqual(seen[0]);
    expect([asked('binance_api'), asked('fred_api')]).toEqual([2, 6]);
  });

  it('see the same at a moment that one has begun to look at, and the other goes on with', async () => {
    const [dead, heir] = await Promise.all(
      [1, 2].map(() => newSource(new SharedFetches(new MarketFetchStore(database.dataSource)))),
    );
    await dead!.prepare('BTC', 'binance_spot');
    const at = clock.now();
    clock.advance(30_000);
    world.exchanges.price = 70_000;
    expect((await heir!.price('BTC', at, 'binance_spot'))?.value).toBe('65000');
    expect((await heir!.price('BTC', clock.now(), 'binance_spot'))?.value).toBe('70000');
  });
});

it('the price of Binance is as old as its last trade: a market that stands still has soon none', async () => {
  const halted = Date.now() - 10 * MINUTE_MS;
  world.answer('binance_api', (_request, response) =>
    sendJson(response, [{ a: 1, p: '65000.00000000', q: '1.0', f: 1, l: 1, T: halted, m: true, M: true }]),
  );
  await source.prepare('BTC', 'binance_spot');
  const price = await source.price('BTC', clock.now(), 'binance_spot');
  expect(Math.abs(Date.parse(price!.observed_at) - halted)).toBeLessThan(3000);
});

describe.each(VENUES)('the candles of %s', (channel, api) => {
  it('are the closed ones, ascending, as many as asked for', async () => {
    const candles = await source.candles('BTC', '1h', 300, clock.now(), channel);
    const last = Math.floor(clock.now().getTime() / HOUR_MS) * HOUR_MS;
    expect(candles).toHaveLength(300);
    expect(candles.at(-1)!.closeTime).toBe(last);
    expect(candles.map(({ openTime }) => openTime)).toEqual(
      Array.from({ length: 300 }, (_, index) => last - (300 - index) * HOUR_MS),
    );
    const { o, h, l, c } = candleAt(last - HOUR_MS, HOUR_MS, 65_000);
    expect(candles.at(-1)).toMatchObject({ open: Number(o), high: Number(h), low: Number(l), close: Number(c) });
  });

  it('are fetched again when a candle has closed, and once a minute', async () => {
    clock = new VirtualClock(new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 10_000));
    source = await newSource();
    const look = (): Promise<unknown> => source.candles('BTC', '15m', 20, clock.now(), channel);
    await Promise.all([look(), look()]);
    clock.advance(5000);
    await look();
    expect(asked(api)).toBe(1);
    clock.advance(6000);
    await look();
    expect(asked(api)).toBe(2);
    clock.advance(30_000);
    await look();
    expect(asked(api)).toBe(2);
    clock.advance(31_000);
    await look();
    expect(asked(api)).toBe(3);
  });

  it('are closed by the clock of the exchange: one that is still running there is left out', async () => {
    world.exchanges.skewMs = -HOUR_MS;
    const candles = await source.candles('BTC', '1h', 10, clock.now(), channel);
    expect(candles.at(-1)!.closeTime).toBe(Math.floor(clock.now().getTime() / HOUR_MS) * HOUR_MS - HOUR_MS);
  });

  it('were closed at the moment of the look', async () => {
    const at = new Date(clock.now().getTime() - 3 * HOUR_MS);
    const candles = await source.candles('BTC', '1h', 5, at, channel);
    expect(Math.max(...candles.map(({ closeTime }) => closeTime))).toBeLessThanOrEqual(at.getTime());
  });

  it('that cannot be are not believed', async () => {
    const impossible = { o: '10', h: '9', l: '8', c: '9', v: '1' };
    const { o, h, l, c, v } = impossible;
    const t = Date.now() - HOUR_MS;
    world.answer(api, (_request, response) =>
      sendJson(
        response,
        channel === 'binance_spot' ? [[t, o, h, l, c, v, t, '1', 1, '1', '1', '0']] : [{ t, T: t, ...impossible }],
      ),
    );
    await expect(source.candles('BTC', '1h', 5, clock.now(), channel)).rejects.toThrow(/not as documented/);
  });
});

const UNAVAILABLE: readonly SeriesName[] = ['open_interest', 'futures_premium'];
const SERIES: readonly (readonly [SeriesName, OutsideApi, number, string])[] = [
  ['fear_greed', 'alternative_me_api', 0, 'alternative_me_api fng'],
  ['funding', 'hyperliquid_api', 0.0001, 'hyperliquid_api fundingHistory'],
  ['dxy', 'fred_api', 104.137, 'fred_api ICE dollar index of 6 rates'],
  ['us10y', 'fred_api', 4.2, 'fred_api DGS10'],
  ['vix', 'fred_api', 17, 'fred_api VIXCLS'],
  ['m2_yoy', 'fred_api', 4, 'fred_api M2SL'],
  ['fed_funds', 'fred_api', 4.33, 'fred_api DFF'],
  ['hash_rate', 'blockchain_info_api', 6.5e8, 'blockchain_info_api hash-rate'],
  ['difficulty', 'blockchain_info_api', 9.5e13, 'blockchain_info_api difficulty'],
  ['active_addresses', 'blockchain_info_api', 550_000, 'blockchain_info_api n-unique-addresses'],
  ['transactions', 'blockchain_info_api', 400_000, 'blockchain_info_api n-transactions'],
  ['nvt', 'blockchain_info_api', 100, 'blockchain_info_api market-cap / estimated-transaction-volume-usd'],
  ['mvrv', 'glassnode_api', 2.1, 'glassnode_api mvrv'],
  ['fees', 'mempool_space_api', 7.2, 'mempool_space_api blocks/fees'],
];

describe('the series', () => {
  it.each(SERIES)('%s comes from %s', async (name, _api, value, from) => {
    const at = clock.now();
    const values = await source.series(name, 140, at);
    const newest = values.at(-1)!;
    expect(newest.source).toBe(from);
    if (name !== 'fear_greed') expect(newest.value).toBeCloseTo(value, value > 1e6 ? 0 : value < 1 ? 9 : 1);
    const times = values.map(({ observed_at }) => Date.parse(observed_at));
    expect(times).toEqual([...new Set(times)].sort((one, other) => one - other));
    expect(times.at(-1)!).toBeLessThanOrEqual(at.getTime());
    expect(times[0]!).toBeGreaterThan(at.getTime() - 140 * DAY_MS);
    // Enough for a change over 90 days, monthly or daily; of the funding rate only the newest value is read.
    expect(times[0]!).toBeLessThan(at.getTime() - (name === 'funding' ? 15 : 100) * DAY_MS);
  });

  it('has the funding rates of each perpetual by itself', async () => {
    const rates = async (symbol: string) =>
      (await source.fundingRates(symbol, 5, clock.now())).map(({ value }) => value);
    expect(await rates('BTC')).toEqual(Array(5).fill(expect.closeTo(0.0001, 9)));
    expect(await rates('ETH')).toEqual(Array(5).fill(expect.closeTo(0.0002, 9)));
  });

  it.each(UNAVAILABLE)('%s has no outside source yet, and no value', async (name) => {
    expect(await source.series(name, 140, clock.now())).toEqual([]);
  });

  it.each(SERIES)(
    '%s is fetched once however many ask, fails while %s is down, and is back with it',
    async (name, api) => {
      await Promise.all([source.series(name, 140, clock.now()), source.series(name, 140, clock.now())]);
      const once = asked(api);
      await source.series(name, 140, clock.now());
      expect(asked(api)).toBe(once);
      expect(once).toBe({ dxy: 6, m2_yoy: 2, nvt: 2 }[name as 'dxy' | 'm2_yoy' | 'nvt'] ?? 1);
      world.answer(api, (_request, response) => response.writeHead(404).end());
      clock.advance(HOUR_MS + 1);
      await expect(source.series(name, 140, clock.now())).rejects.toThrow(`${api}: it refuses the request (404).`);
      // Of several questions the first refusal is told; the others must not run into the next test.
      await eventually('all are asked', async () => (asked(api) === 2 * once ? true : null));
      // Back without a restart: the same source asks again.
      world.answer(api);
      expect((await source.series(name, 140, clock.now())).length).toBeGreaterThan(0);
    },
  );

  it('of the day before yesterday are not seen by a look at the day before', async () => {
    const at = new Date(clock.now().getTime() - 5 * DAY_MS);
    for (const [name] of SERIES) {
      const values = await source.series(name, 140, at);
      expect(values.filter(({ observed_at }) => Date.parse(observed_at) > at.getTime())).toEqual([]);
    }
  });

  it('needs the key of Glassnode and of FRED, and says so', async () => {
    for (const api of ['fred_api', 'glassnode_api']) await setApi(database, api, { key: null });
    try {
      await expect(source.series('mvrv', 140, clock.now())).rejects.toThrow('glassnode_api: it needs a key');
      await expect(source.series('vix', 140, clock.now())).rejects.toThrow('fred_api: it needs a key');
      expect([asked('fred_api'), asked('glassnode_api')]).toEqual([0, 0]);
    } finally {
      await world.connect(database);
    }
  });
});

it('says that FRED refuses the key, though it does so with a 400', async () => {
  await setApi(database, 'fred_api', { key: 'a key that FRED does not know' });
  try {
    await expect(source.series('vix', 140, clock.now())).rejects.toThrow('fred_api: it refuses the key');
  } finally {
    await world.connect(database);
  }
});

describe('a value that is no value', () => {
  it.each([
    ['fear_greed', 'alternative_me_api', { data: [{ value: '101', timestamp: '1762560000' }] }],
    ['fear_greed', 'alternative_me_api', { data: [{ value: 'Greed', timestamp: '1762560000' }] }],
    ['fear_greed', 'alternative_me_api', { data: [] }],
    ['vix', 'fred_api', { observations: [{ date: '2026-01-02', realtime_start: '2026-01-03', value: 'NaN' }] }],
    ['vix', 'fred_api', { observations: [{ date: '02/01/2026', realtime_start: '2026-01-03', value: '17' }] }],
    ['hash_rate', 'blockchain_info_api', { status: 'not-found', values: [] }],
    ['hash_rate', 'blockchain_info_api', { status: 'ok', values: [{ x: 1_762_560_000, y: '650000000' }] }],
    ['hash_rate', 'blockchain_info_api', { status: 'ok', values: [{ x: 1_762_560_000_000, y: 650_000_000 }] }],
    ['fees', 'mempool_space_api', [{ avgHeight: 1, timestamp: 1_762_560_000, avgFees: -1 }]],
    ['mvrv', 'glassnode_api', [{ t: 1_762_560_000, v: null }]],
  ] as const)('of %s is not believed (%s: %j)', async (name, api, answer) => {
    world.answer(api, (_request, response) => sendJson(response, answer));
    await expect(source.series(name, 140, clock.now())).rejects.toThrow(`${api}: its answer is not as documented`);
  });
});

describe('what the formulas make of the figures', () => {
  it('the dollar index by hand, of the days that have all six rates', async () => {
    const rates: Record<string, string[]> = {
      DEXUSEU: ['1.0956', '1.0919'],
      DEXJPUS: ['141.83', '143.19'],
      DEXUSUK: ['1.2620', '1.2660'],
      DEXCAUS: ['1.3316', '1.3360'],
      DEXSDUS: ['10.2237', '10.2697'],
      DEXSZUS: ['0.8493', '.'],
    };
    world.answer('fred_api', ({ url }, response) => {
      const observations = rates[url.searchParams.get('series_id')!]!.map((value, index) => ({
        date: new Date(clock.now().getTime() - (4 - index) * DAY_MS).toISOString().slice(0, 10),
        realtime_start: '2026-01-03',
        value,
      }));
      return sendJson(response, { observations });
    });
    const values = await source.series('dxy', 30, clock.now());
    // python3: 50.14348112 * 1.0956**-.576 * 141.83**.136 * 1.262**-.119 * 1.3316**.091 * 10.2237**.042 * .8493**.036
    expect(values.map(({ value }) => value)).toEqual([expect.closeTo(102.13087884647513, 9)]);
  });

  it('the fees of a day by hand, in whatever order they come: the blocks of each mean by the heights beside it', async () => {
    const entry = (hour: number, avgHeight: number, avgFees: number) => ({
      avgHeight,
      timestamp: Date.UTC(2026, 2, 14, hour) / 1000,
      avgFees,
    });
    // 13th: unmeasured edge. 14th: (18 + 18) / 2 blocks at .05, (18 + 24) / 2 at .1. 16th: the other edge.
    const entries = [entry(-6, 900_000, 9e8), entry(6, 900_018, 5e6), entry(18, 900_036, 1e7), entry(54, 900_060, 9e8)];
    world.answer('mempool_space_api', (_request, response) => sendJson(response, entries.reverse()));
    const values = await source.series('fees', 140, new Date('2026-03-20T00:00:00Z'));
    expect(values).toEqual([
      {
        value: expect.closeTo(18 * 0.05 + 21 * 0.1, 12),
        source: 'mempool_space_api blocks/fees',
        observed_at: '2026-03-15T00:00:00.000Z',
      },
    ]);
  });

  it('the growth of M2 over 12 months, from the figures as they stand, known the day after each was first published', async () => {
    const level = (month: string, value: string, realtime_start = '2026-04-01') => ({
      date: month,
      realtime_start,
      value,
    });
    const firstReleases = [
      level('2025-01-01', '900.0', '2025-02-25'),
      level('2025-02-01', '900.0', '2025-03-25'),
      level('2026-01-01', '1100.0', '2026-02-24'),
      level('2026-02-01', '1100.0', '2026-03-24'),
    ];
    const revised = [
      level('2025-01-01', '1000.0'),
      level('2025-02-01', '1010.0'),
      level('2026-01-01', '1050.0'),
      level('2026-02-01', '1070.6'),
    ];
    world.answer('fred_api', ({ url }, response) =>
      sendJson(response, { observations: url.searchParams.get('output_type') === '4' ? firstReleases : revised }),
    );
    const seen = async (at: string): Promise<unknown> => {
      const values = await source.series('m2_yoy', 140, new Date(at));
      return values.map(({ value, observed_at }) => [Math.round(value * 1e9) / 1e9, observed_at]);
    };
    const january = [5, '2026-02-25T00:00:00.000Z'];
    expect(await seen('2026-03-24T23:59:59Z')).toEqual([january]);
    expect(await seen('2026-03-25T00:00:00Z')).toEqual([january, [6, '2026-03-25T00:00:00.000Z']]);
  });
});

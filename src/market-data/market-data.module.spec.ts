import { expect, it } from '@jest/globals';
import { FakeMarketSource } from '../../test/support/fake-market-source.js';
import { VirtualClock } from '../platform/clock.js';
import type { AppConfig } from '../platform/config/app-config.js';
import type { ApiClient } from '../registry/apis/calls/api-client.js';
import { LiveSource } from './live/live-source.js';
import { chooseMarketDataSource } from './market-data.module.js';
import { SimulatedSource } from './simulated/simulated-source.js';

const AT = new Date('2026-03-14');
const LIVE = new LiveSource({} as ApiClient, new VirtualClock(AT), null);
const config = (marketData: AppConfig['marketData']) => ({ marketData, marketSeed: 'seed' }) as AppConfig;

it('uses a simulated market with the configured seed', async () => {
  const chosen = chooseMarketDataSource(config('simulated'), LIVE);
  expect(chosen).toBeInstanceOf(SimulatedSource);
  expect(await chosen.price('BTC', AT, 'binance_spot')).toEqual(await new SimulatedSource('seed').price('BTC', AT));
});

it('uses the live source in live mode', () => {
  expect(chooseMarketDataSource(config('live'), LIVE)).toBe(LIVE);
});

it('replays the history that was loaded before the start', () => {
  const history = new FakeMarketSource();
  expect(chooseMarketDataSource(config('replay'), LIVE, history)).toBe(history);
});

it('refuses a replay without history', () => {
  expect(() => chooseMarketDataSource(config('replay'), LIVE)).toThrow(/npm run replay/);
});

import { expect, it } from '@jest/globals';
import { FakeMarketSource } from '../../test/support/fake-market-source.js';
import type { AppConfig } from '../platform/config/app-config.js';
import { chooseMarketDataSource } from './market-data.module.js';
import { SimulatedSource } from './simulated/simulated-source.js';

const AT = new Date('2026-03-14');
const config = (marketData: AppConfig['marketData']) => ({ marketData, marketSeed: 'seed' }) as AppConfig;

it('simulates the market of the configured seed', async () => {
  const chosen = chooseMarketDataSource(config('simulated'));
  expect(chosen).toBeInstanceOf(SimulatedSource);
  expect(await chosen.price('BTC', AT, 'binance_spot')).toEqual(await new SimulatedSource('seed').price('BTC', AT));
});

it('replays the history that was read before the start', () => {
  const history = new FakeMarketSource();
  expect(chooseMarketDataSource(config('replay'), history)).toBe(history);
});

it('refuses to replay nothing', () => {
  expect(() => chooseMarketDataSource(config('replay'))).toThrow(/npm run replay/);
});

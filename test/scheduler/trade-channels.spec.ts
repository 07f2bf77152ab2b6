import { afterEach, describe, expect, it } from '@jest/globals';
import { DefinitionsService } from '../../src/definitions/definitions.service.js';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';
import { SimulatedSource } from '../../src/market-data/simulated/simulated-source.js';
import { NO_KEY } from '../../src/platform/idempotency/idempotency-scope.js';
import { binanceSpot } from '../../src/trading/channels/binance-spot.js';
import { TRADE_CHANNELS, type TradeChannel } from '../../src/trading/channels/trade-channel.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';
import { withEntry } from '../support/with-entry.js';

/** A channel as somebody adds one: another venue, another quote asset, and symbols that nobody else trades. */
const KRAKEN: TradeChannel = {
  ...binanceSpot,
  name: 'kraken_spot',
  displayName: 'Kraken spot',
  quoteAsset: 'USD',
  symbols: ['SOL', 'XRP'],
  rulesFor: () => ({ ...binanceSpot.rulesFor('ETH'), quoteAsset: 'USD' }),
};

const BY_NOBODY = { actor: null, trace_id: 'test' };

describe('trade channels of the catalogue', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  async function createEngine(): Promise<NamedCatalogue<TradeChannel>> {
    engine = await createTestEngine({ source: new SimulatedSource('spec') });
    return engine.app.get<NamedCatalogue<TradeChannel>>(TRADE_CHANNELS, { strict: false });
  }

  /** Makes a definition with one instance for every symbol, lets all of them run once, and tells what came of it. */
  async function tradeOnAll(channels: readonly TradeChannel[]) {
    const wanted = channels.flatMap((channel) => channel.symbols.map((symbol) => ({ channel, symbol })));
    for (const { channel, symbol } of wanted) {
      const name = `${channel.name}_${symbol}`.toLowerCase();
      const body = {
        name,
        display_name: name,
        decision_agent_module: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
        decision_agent_class: 'MultiAgentConvictionDecision',
        business_agents: ['macro', 'onchain', 'ta'],
        trade_channel: channel.name,
        trade_symbol: symbol,
        rebalance_period_minutes: 10,
      };
      await engine.app.get(DefinitionsService).create(BY_NOBODY, body, NO_KEY);
      await engine.addInstances(1, { definition: name, params: { ...ALWAYS_BUY, max_position_size: 0.5 } });
    }
    await engine.tick();
    const done = await engine.database.dataSource.query<Record<string, unknown>[]>(
      `SELECT d.trade_channel AS channel, d.trade_symbol AS symbol, r.status, e.error, t.fee_asset
       FROM strategy_runs r JOIN strategy_definitions d ON d.id = r.definition_id
       JOIN strategy_executions e ON e.run_id = r.id LEFT JOIN trades t ON t.portfolio_id = e.portfolio_id
       ORDER BY d.id`,
    );
    const expected = wanted.map(({ channel, symbol }) => {
      const { quoteAsset: fee_asset } = channel.rulesFor(symbol);
      return { channel: channel.name, symbol, status: 'completed', error: null, fee_asset };
    });
    return { done, expected };
  }

  it('all let an instance trade every symbol on the simulated market', async () => {
    const catalogue = await createEngine();
    const { done, expected } = await tradeOnAll(catalogue.all());
    expect(done).toEqual(expected);
  });

  it('need nothing but their place in the list: one that is added trades too', async () => {
    const catalogue = await createEngine();
    withEntry(catalogue, KRAKEN);
    const { done, expected } = await tradeOnAll([KRAKEN]);
    expect(done).toEqual(expected);
    expect(done).toHaveLength(2);
  });
});

import { z } from 'zod';
import { DECISION_AGENTS } from '../../src/decision-agents/decision-agents.token.js';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';
import type { DecisionAgent } from '../../src/domain/decision/decision-agent.js';
import type { Decision, Entry } from '../../src/domain/decision/decision.js';
import type { Candle } from '../../src/domain/market/market-snapshot.js';
import type { CandleInterval } from '../../src/market-data/market-data-source.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { createTestEngine, type TestEngine } from './engine.js';
import { FixedMarket } from './fixed-market.js';
import { withEntry } from './with-entry.js';

/** What the decision agent is told: nothing, an entry, or a fraction. */
export type Wish = Entry | { readonly signal: 'BUY' | 'SELL'; readonly size: number } | 'fail' | null;

/** A market whose candles the test writes; the others stand still. */
export class ScriptedMarket extends FixedMarket {
  script: readonly Candle[] = [];
  /** Candles that are not there, by interval and close: `1h 2026-01-15T13:00:00.000Z`. */
  readonly missing = new Set<string>();

  override async candles(symbol: string, interval: CandleInterval, count: number, at: Date): Promise<Candle[]> {
    const still = await super.candles(symbol, interval, count, at);
    const present = still.filter(
      ({ closeTime }) => !this.missing.has(`${interval} ${new Date(closeTime).toISOString()}`),
    );
    return present.map((candle) => {
      const { openTime, closeTime } = candle;
      return this.script.find((told) => told.openTime === openTime && told.closeTime === closeTime) ?? candle;
    });
  }
}

/** An engine with a definition on perpetuals whose instances all do what they are told. */
export interface ToldEngine extends TestEngine {
  readonly market: ScriptedMarket;
  wish: Wish;
  /** Whether the decision agent reads what is open and when it last traded. */
  readsTrading: boolean;
  sql<T>(statement: string, ...values: unknown[]): Promise<T[]>;
  /** Makes instances that do what they are told. */
  addTold(count?: number): Promise<string[]>;
}

const PERIOD_MINUTES = 10;

/** @param channel where they trade. */
export async function createToldEngine(
  config: Partial<AppConfig> = {},
  channel = 'hyperliquid_perp',
): Promise<ToldEngine> {
  const market = new ScriptedMarket('50000');
  const engine = await createTestEngine({ source: market, config: { paperSlippageBps: 0, ...config } });
  const sql = <T>(statement: string, ...values: unknown[]): Promise<T[]> =>
    engine.database.dataSource.query<T[]>(statement, values);
  const told: ToldEngine = Object.assign(engine, {
    market,
    wish: null,
    readsTrading: true,
    sql,
    addTold: (count = 1) => engine.addInstances(count, { definition: 'told' }),
  });
  const catalogue = engine.app.get<NamedCatalogue<DecisionAgent>>(DECISION_AGENTS, { strict: false });
  withEntry(catalogue, toldAgent(told));
  await sql(
    `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
       business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params)
     VALUES ('told', 'Told', '', 'test/told', 'Told', '["ta"]', $1, 'BTC', $2, '{}')`,
    channel,
    PERIOD_MINUTES,
  );
  return told;
}

function toldAgent(told: Pick<ToldEngine, 'wish' | 'readsTrading'>): DecisionAgent {
  return {
    name: 'Told',
    module: 'test/told',
    version: '1.0.0',
    description: 'Does what it is told.',
    defaultBusinessAgents: ['ta'],
    defaultParams: {},
    get readsTrading() {
      return told.readsTrading;
    },
    acceptsBusinessAgents: () => [],
    paramsSchema: () => z.looseObject({}),
    smallestBuyFraction: () => 1,
    decide({ state }): Decision {
      const wanted = told.wish;
      if (wanted === 'fail') throw new Error('As it was told.');
      const common = {
        conviction_score: 50,
        weighted_score: 0,
        risk_factor: 1,
        contributions: {},
        signal_strength: 1,
        risk_level: 'LOW',
        reasons: [{ code: 'told' }],
        distance_to_buy: 0,
        distance_to_sell: 0,
        next_state: state,
      } as const;
      if (!wanted) return { ...common, signal: 'HOLD', position_size: 0, should_execute: false };
      if ('signal' in wanted) {
        return { ...common, signal: wanted.signal, position_size: wanted.size, should_execute: true };
      }
      const signal = wanted.side === 'long' ? 'BUY' : 'SELL';
      return { ...common, signal, position_size: 0.1, entry: wanted, should_execute: true };
    },
  };
}

/** An entry at a price of 50000 whose stop is 1000 away and whose target 2000. */
export function entry(side: 'long' | 'short', changes: Partial<Entry> = {}): Entry {
  const away = (distance: number) => String(side === 'long' ? 50_000 + distance : 50_000 - distance);
  return {
    side,
    quantity: '0.1',
    leverage: '5',
    stop_loss: away(-1000),
    take_profit: away(2000),
    stop_distance: '1000',
    hold_hours: 24,
    ...changes,
  };
}

import { jest } from '@jest/globals';
import { PasswordsService } from '../../../src/auth/passwords.service.js';
import type { NamedCatalogue } from '../../../src/domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../../src/domain/decision/decision-agent.js';
import type { Decision, DecisionContext, Entry } from '../../../src/domain/decision/decision.js';
import { reason } from '../../../src/domain/decision/reason-codes.js';
import { Money, toText } from '../../../src/domain/money/decimal.js';
import { InstanceCreationService } from '../../../src/instances/instance-creation.service.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestEngine, type TestEngine } from '../../support/engine.js';
import type { Account } from './console-server.js';

const DEFINITION = 'momentum_regime_btc_v1';
const AGENT = 'MomentumRegimeDecision';
const HOUR_MS = 3_600_000;
const LENGTH_HOURS = 50;
/** A tick at which nothing ran, in hours since the beginning. */
const PASSED_OVER = 40.5;

/** A position to open: levels as parts of the price. */
interface Wish {
  readonly side: 'long' | 'short';
  readonly stop: number;
  readonly target: number;
  readonly holdHours: number;
}

/** By hours since the beginning. The first is closed by time, the second by stop or target, the third stays open. */
const WISHES: ReadonlyMap<number, Wish> = new Map([
  [1, { side: 'long', stop: 0.3, target: 0.6, holdHours: 3 }],
  [8, { side: 'short', stop: 0.0002, target: 0.0004, holdHours: 24 }],
  [12, { side: 'long', stop: 0.3, target: 0.6, holdHours: 240 }],
]);

/** A trader with a strategy on perpetuals that has lived for two days. */
export interface PerpetualHistory {
  readonly database: TestDatabase;
  readonly owner: Account;
  readonly strategy: string;
}

/**
 * Lets a strategy on perpetuals live through the last two days of the simulated market of the program, by the program's own
 * scheduler; only when to enter is told, so that what a test looks at is there whatever the day. Before the program
 * itself starts on the database, whose owner is who asks.
 */
export async function livePerpetualHistory(password: string): Promise<PerpetualHistory> {
  const startAt = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - LENGTH_HOURS * HOUR_MS);
  // As the program that will go on with it.
  const config = { marketData: 'simulated', marketSeed: 'conclave' } as const;
  const engine = await createTestEngine({ startAt, config });
  try {
    const owner = { email: 'petra@conclave.test', password };
    const strategy = await makeStrategy(engine, owner);
    let wish: Wish | undefined;
    const restore = tellAgent(engine, () => wish);
    for (let hour = 0.5; hour <= LENGTH_HOURS; hour += 0.5) {
      wish = WISHES.get(hour);
      engine.clock.advance(HOUR_MS / 2);
      if (hour !== PASSED_OVER) await engine.tick();
    }
    restore();
    await engine.database.dataSource.query(`UPDATE strategy_definitions SET is_active = true`);
    return { database: engine.database, owner, strategy };
  } finally {
    await engine.app.close();
  }
}

async function makeStrategy(engine: TestEngine, owner: Account): Promise<string> {
  const { dataSource } = engine.database;
  const hash = await engine.app.get(PasswordsService).hash(owner.password);
  const [user] = await dataSource.query<{ id: string }[]>(
    `INSERT INTO users (email, password_hash, full_name, role) VALUES ($1, $2, 'Petra Perpetual', 'trader') RETURNING id`,
    [owner.email, hash],
  );
  await dataSource.query(`UPDATE strategy_definitions SET is_active = (name = $1)`, [DEFINITION]);
  const [definition] = await dataSource.query<{ id: number }[]>(`SELECT id FROM strategy_definitions WHERE name = $1`, [
    DEFINITION,
  ]);
  // Nothing is as strong: by itself it enters nothing more.
  const instance_params = { min_signal_strength: 1, min_confidence: 1 };
  const body = { strategy_definition_id: definition!.id, initial_balance: '10000', instance_params };
  return engine.app
    .get(InstanceCreationService)
    .create({ id: user!.id, email: owner.email, full_name: 'Petra Perpetual' }, body);
}

/** The real decision agent, but for when it enters. @returns ends it. */
function tellAgent(engine: TestEngine, wish: () => Wish | undefined): () => void {
  const catalogue = engine.app.get<NamedCatalogue<DecisionAgent>>(DECISION_AGENTS, { strict: false });
  const real = catalogue.get(AGENT);
  const told: DecisionAgent = Object.create(real, {
    decide: { value: (context: DecisionContext<unknown>) => toldDecision(real.decide(context), context, wish()) },
  });
  const { find, get } = { find: catalogue.find.bind(catalogue), get: catalogue.get.bind(catalogue) };
  const spies = [
    jest.spyOn(catalogue, 'find').mockImplementation((name) => (name === AGENT ? told : find(name))),
    jest.spyOn(catalogue, 'get').mockImplementation((name) => (name === AGENT ? told : get(name))),
  ];
  return () => spies.forEach((spy) => spy.mockRestore());
}

function toldDecision(
  own: Decision,
  { market, portfolio }: DecisionContext<unknown>,
  wish: Wish | undefined,
): Decision {
  if (!wish) return own;
  const price = new Money(market.price);
  const quantity = new Money(portfolio.total_value).div(price).toDecimalPlaces(6);
  const away = (part: number) => toText(price.mul(wish.side === 'long' ? 1 + part : 1 - part).toDecimalPlaces(2));
  const entry: Entry = {
    side: wish.side,
    quantity: toText(quantity),
    leverage: '3',
    stop_loss: away(-wish.stop),
    take_profit: away(wish.target),
    stop_distance: toText(price.mul(wish.stop).toDecimalPlaces(2)),
    hold_hours: wish.holdHours,
  };
  const { leverage, stop_loss, take_profit } = entry;
  const plan = { risk: '200', distance: entry.stop_distance, leverage: Number(leverage), quantity: entry.quantity };
  return {
    ...own,
    signal: wish.side === 'long' ? 'BUY' : 'SELL',
    position_size: 0.3,
    entry,
    should_execute: true,
    reasons: [reason('entry_plan', { ...plan, stop_loss, take_profit })],
  };
}

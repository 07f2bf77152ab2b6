import type request from 'supertest';
import type { TestApp, TestUser } from './app.js';

export const DEFINITIONS = '/api/v1/strategy-definitions';
export const STRATEGIES = '/api/v1/strategies';

/** Every agent that the tests of definitions name; `resting` is switched off. */
const AGENTS: Readonly<Record<string, boolean>> = { macro: true, onchain: true, ta: true, resting: false };

export type Body = Record<string, unknown>;

/** Rows of the agent registry; those that are there stay. */
export async function registerAgents(t: TestApp): Promise<void> {
  for (const [name, isActive] of Object.entries(AGENTS)) {
    await t.database.dataSource.query(
      `INSERT INTO agent_registry (agent_name, display_name, description, agent_module, agent_class, available_tools, is_active)
       VALUES ($1, $1, '', '', '', '[]', $2) ON CONFLICT (agent_name) DO NOTHING`,
      [name, isActive],
    );
  }
}

let names = 0;

/** A right body of POST /strategy-definitions, with a name of its own. */
export function definitionBody(changes: Body = {}): Body {
  return {
    name: `definition_${++names}_${process.pid}`,
    display_name: 'Three analysts',
    decision_agent_module: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
    decision_agent_class: 'MultiAgentConvictionDecision',
    business_agents: ['macro', 'onchain', 'ta'],
    trade_channel: 'binance_spot',
    trade_symbol: 'BTC',
    rebalance_period_minutes: 60,
    ...changes,
  };
}

/** Makes a definition through the interface. @returns its id. */
export async function createDefinition(t: TestApp, admin: TestUser, changes: Body = {}): Promise<number> {
  const response = await as(t.http.post(DEFINITIONS), admin).send(definitionBody(changes));
  if (response.status !== 201) throw new Error(`definition: ${response.status} ${response.text}`);
  return (response.body as { id: number }).id;
}

/** Makes an instance through the interface. @returns the answer's body. */
export async function createInstance(
  t: TestApp,
  owner: TestUser,
  definitionId: number,
  changes: Body = {},
): Promise<Body> {
  const body = { strategy_definition_id: definitionId, initial_balance: 10_000, ...changes };
  const response = await as(t.http.post(STRATEGIES), owner).send(body);
  if (response.status !== 201) throw new Error(`instance: ${response.status} ${response.text}`);
  return response.body as Body;
}

/** Signs a request. */
export function as(pending: request.Test, user: Pick<TestUser, 'token'>): request.Test {
  return pending.set('Authorization', `Bearer ${user.token}`);
}

/** `pointer code` of every violation, sorted. */
export function violationsOf(response: request.Response): string[] {
  const { errors } = response.body as { errors: { pointer: string; code: string }[] };
  return errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();
}

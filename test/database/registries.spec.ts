import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APIS } from '../../seeds/apis.js';
import { createBusinessAgents } from '../../src/business-agents/business-agents.catalogue.js';
import { DECISION_AGENT_LIST } from '../../src/decision-agents/decision-agent-list.js';
import { MARKET_TOOLS, toolFunctionName } from '../../src/market-data/tools/market-tools.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const byName = (a: { tool_name: string }, b: { tool_name: string }) => a.tool_name.localeCompare(b.tool_name);

describe('registries and code', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.close());

  it('have the same agents, with the same classes and tools', async () => {
    const rows = await database.dataSource.query(
      `SELECT agent_name, agent_module, agent_class, available_tools FROM agent_registry ORDER BY agent_name`,
    );
    const agents = createBusinessAgents().all();
    const code = agents.map(({ name, module, className, tools }) => ({
      agent_name: name,
      agent_module: module,
      agent_class: className,
      available_tools: [...tools],
    }));
    expect(rows).toEqual(code.sort((a, b) => a.agent_name.localeCompare(b.agent_name)));
    for (const agent of agents) expect(agent.className).toBe(agent.constructor.name);
  });

  it('have the same tools, with the same functions and APIs', async () => {
    const rows = await database.dataSource.query<{ tool_name: string }[]>(
      `SELECT tool_name, tool_module, tool_function, required_apis FROM tool_registry`,
    );
    const code = MARKET_TOOLS.all().map((tool) => ({
      tool_name: tool.name,
      tool_module: tool.module,
      tool_function: toolFunctionName(tool),
      required_apis: [...tool.requiredApis],
    }));
    expect(rows.sort(byName)).toEqual(code.sort(byName));
  });

  it('lead to the files that hold the code', async () => {
    const { dataSource } = database;
    const code = await dataSource.query<{ module: string; name: string }[]>(
      `SELECT agent_module AS module, agent_class AS name FROM agent_registry
       UNION SELECT tool_module, tool_function FROM tool_registry
       UNION SELECT decision_agent_module, decision_agent_class FROM strategy_definitions`,
    );
    const agents = DECISION_AGENT_LIST.map(({ module, name }) => ({ module, name }));
    expect(code.length).toBeGreaterThan(20);
    for (const { module, name } of [...code, ...agents]) {
      const exported = (await import(`../../src/${module}.js`)) as Record<string, unknown>;
      expect([module, name, typeof exported[name]]).toEqual([module, name, 'function']);
    }
  });

  it('name no tool that no agent may call, and no API that is not seeded', () => {
    const called = new Set<string>(
      createBusinessAgents()
        .all()
        .flatMap((agent) => agent.tools),
    );
    // The scheduler itself asks for the price.
    const others = MARKET_TOOLS.names().filter((name) => !called.has(name));
    expect(others).toEqual(['get_price']);
    const seeded = new Set<string>(APIS.map((api) => api.api_name));
    for (const tool of MARKET_TOOLS.all()) for (const api of tool.requiredApis) expect(seeded).toContain(api);
  });

  it('have the same APIs, with the limits that their owners publish', async () => {
    const rows = await database.dataSource.query<{ api_name: string; rate_limit: number }[]>(
      `SELECT api_name, rate_limit FROM api_config`,
    );
    const seeded = APIS.map(({ api_name, rate_limit }) => [api_name, rate_limit]);
    expect(Object.fromEntries(rows.map((row) => [row.api_name, row.rate_limit]))).toEqual(Object.fromEntries(seeded));
  });

  it('seed definitions that their decision agents accept', async () => {
    const rows = await database.dataSource.query<
      {
        decision_agent_class: string;
        decision_agent_module: string;
        business_agents: string[];
        default_params: unknown;
      }[]
    >(`SELECT decision_agent_class, decision_agent_module, business_agents, default_params FROM strategy_definitions`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const agent = DECISION_AGENT_LIST.find(({ name }) => name === row.decision_agent_class)!;
      expect(row.decision_agent_module).toBe(agent.module);
      expect(agent.acceptsBusinessAgents(row.business_agents)).toEqual([]);
      expect(agent.paramsSchema(row.business_agents).safeParse(row.default_params).success).toBe(true);
    }
  });
});

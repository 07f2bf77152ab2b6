import type { EntityManager } from 'typeorm';
import { createBusinessAgents } from '../src/business-agents/business-agents.catalogue.js';
import { MARKET_TOOLS, toolFunctionName } from '../src/market-data/tools/market-tools.js';
import { APIS } from './apis.js';

/**
 * Synchronizes the registries with the code: adds new rows and corrects the columns that the code defines (module,
 * class, tools). Names, descriptions, switches, limits and keys set by an admin survive. Idempotent.
 */
export async function seedRegistries(manager: EntityManager): Promise<void> {
  for (const agent of createBusinessAgents().all()) {
    await manager.query(
      `INSERT INTO agent_registry (agent_name, display_name, description, agent_module, agent_class, available_tools)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (agent_name) DO UPDATE SET agent_module = excluded.agent_module,
         agent_class = excluded.agent_class, available_tools = excluded.available_tools`,
      [agent.name, agent.displayName, agent.description, agent.module, agent.className, JSON.stringify(agent.tools)],
    );
  }
  for (const tool of MARKET_TOOLS.all()) {
    await manager.query(
      `INSERT INTO tool_registry (tool_name, display_name, description, tool_module, tool_function, required_apis, config)
       VALUES ($1, $2, $3, $4, $5, $6, '{}')
       ON CONFLICT (tool_name) DO UPDATE SET tool_module = excluded.tool_module,
         tool_function = excluded.tool_function, required_apis = excluded.required_apis`,
      [
        tool.name,
        tool.displayName,
        tool.description,
        tool.module,
        toolFunctionName(tool),
        JSON.stringify(tool.requiredApis),
      ],
    );
  }
  for (const api of APIS) {
    await manager.query(
      `INSERT INTO api_config (api_name, display_name, description, base_url, rate_limit)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (api_name) DO NOTHING`,
      [api.api_name, api.display_name, api.description, api.base_url, api.rate_limit],
    );
  }
}

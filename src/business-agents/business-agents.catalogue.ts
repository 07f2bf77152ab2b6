import { NamedCatalogue } from '../domain/catalogue.js';
import type { BusinessAgent } from './business-agent.js';
import { MacroAgent } from './macro/macro-agent.js';
import { OnchainAgent } from './onchain/onchain-agent.js';
import { RegimeFilterAgent } from './regime-filter/regime-filter-agent.js';
import { TaMomentumAgent } from './ta-momentum/ta-momentum-agent.js';
import { TaAgent } from './ta/ta-agent.js';

/** Injection token of the `NamedCatalogue<BusinessAgent>`. */
export const BUSINESS_AGENTS = Symbol('BUSINESS_AGENTS');

/** All business agents. To add one, write the class and its contract spec, and add a line here. */
const BUSINESS_AGENT_CLASSES: readonly (new () => BusinessAgent)[] = [
  MacroAgent,
  OnchainAgent,
  TaAgent,
  RegimeFilterAgent,
  TaMomentumAgent,
];

/** @throws Error when two agents have the same name. */
export function createBusinessAgents(): NamedCatalogue<BusinessAgent> {
  return new NamedCatalogue<BusinessAgent>(
    'business agent',
    BUSINESS_AGENT_CLASSES.map((AgentClass) => new AgentClass()),
  );
}

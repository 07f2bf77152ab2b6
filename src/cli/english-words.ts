import { z } from 'zod';
import { APIS } from '../../seeds/apis.js';
import { DEFINITIONS } from '../../seeds/definitions.js';
import { createBusinessAgents } from '../business-agents/business-agents.catalogue.js';
import { DECISION_AGENT_LIST } from '../decision-agents/decision-agent-list.js';
import { REASON_CODES } from '../domain/decision/reason-codes.js';
import { VIOLATION_CODES } from '../domain/violation.js';
import { MARKET_TOOLS } from '../market-data/tools/market-tools.js';
import { INVARIANTS } from '../invariants/invariants.js';
import { TRADE_CHANNEL_LIST } from '../trading/channels/channel-list.js';

type Words = Readonly<Record<string, string>>;

const HEAD =
  '// Made from the code by `npm run conclave -- docs:factors`. Change what the agents, tools and codes say of themselves, not this file.\n';

/** The English that the console says of agents, params, reasons and all else that the code describes: a module. */
export function englishWordsModule(): string {
  return `${HEAD}export const fromCode = ${JSON.stringify(englishWords(), null, 2)};\n`;
}

/** Group of words -> name -> English. What nobody has described is called by its name. */
function englishWords(): Readonly<Record<string, Words>> {
  const agents = createBusinessAgents().all();
  const tools = MARKET_TOOLS.all();
  const params = DECISION_AGENT_LIST.flatMap((agent) => {
    const schema = z.toJSONSchema(agent.paramsSchema(agent.defaultBusinessAgents), { io: 'input' });
    return Object.entries(schema.properties ?? {}) as [string, { description?: string }][];
  });
  const reasons = Object.entries(REASON_CODES);
  return {
    agent: wordsOf(agents, ({ name }) => [name, sentence(name)]),
    factor: wordsOf(
      agents.flatMap((agent) => agent.factors),
      ({ name }) => [name, sentence(name)],
    ),
    channel: wordsOf(TRADE_CHANNEL_LIST, ({ name, displayName }) => [name, displayName]),
    param: wordsOf(params, ([name]) => [name, sentence(name)]),
    paramHelp: wordsOf(params, ([name, { description }]) => [name, description ?? `${sentence(name)}.`]),
    reason: wordsOf(reasons, ([code, meaning]) => [code, reasonText(meaning)]),
    reasonName: wordsOf(reasons, ([code]) => [code, code.replaceAll('_', ' ')]),
    violation: VIOLATION_CODES,
    templateText: wordsOf(DEFINITIONS, ({ name, description }) => [name, description]),
    agentName: wordsOf(agents, ({ name, displayName }) => [name, displayName]),
    agentText: wordsOf(agents, ({ name, description }) => [name, description]),
    toolName: wordsOf(tools, ({ name, displayName }) => [name, displayName]),
    toolText: wordsOf(tools, ({ name, description }) => [name, description]),
    apiText: wordsOf(APIS, ({ api_name, description }) => [api_name, description]),
    invariant: wordsOf(INVARIANTS, ({ name, forbids }) => [name, forbids]),
  };
}

function wordsOf<T>(entries: readonly T[], word: (entry: T) => readonly [name: string, words: string]): Words {
  return Object.fromEntries(entries.map(word));
}

/** `money_supply_growth` -> `Money supply growth`. */
function sentence(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `It is too weak. {strength, minimum}` -> `It is too weak. strength {{strength}}, minimum {{minimum}}`. */
function reasonText(meaning: string): string {
  return meaning.replace(/\{([^}]*)\}$/, (_, numbers: string) =>
    numbers
      .split(', ')
      .map((name) => `${name.replaceAll('_', ' ')} {{${name}}}`)
      .join(', '),
  );
}

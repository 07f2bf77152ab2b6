import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { APIS } from '../../seeds/apis.js';
import { DEFINITIONS } from '../../seeds/definitions.js';
import { createBusinessAgents } from '../business-agents/business-agents.catalogue.js';
import { ABSENT_FACTOR_REASONS } from '../business-agents/factors/factor-definition.js';
import { factorsDocument } from '../business-agents/factors/factors-document.js';
import { LLM_FAILURES } from '../business-agents/llm/llm-failure.js';
import { DECISION_AGENT_LIST } from '../decision-agents/decision-agent-list.js';
import { REASON_CODES } from '../domain/decision/reason-codes.js';
import { FAILURE_CODES } from '../domain/failure-codes.js';
import { VIOLATION_CODES } from '../domain/violation.js';
import { INVARIANTS } from '../invariants/invariants.js';
import { MARKET_TOOLS } from '../market-data/tools/market-tools.js';
import { StartError } from '../platform/config/start-error.js';
import { PROBLEM_CODES } from '../platform/http/problems/problem-codes.js';
import { API_FAILURE_CODES } from '../registry/apis/calls/api-call.js';
import { TRADE_CHANNEL_LIST } from '../trading/channels/channel-list.js';

/**
 * `conclave docs:factors`: writes docs/factors.md and the English words of the console from the descriptions in the
 * code. `--check` writes nothing and ends with exit code 1 when a file differs.
 */
export async function run({ check }: { readonly check: boolean }): Promise<void> {
  const texts = {
    'docs/factors.md': factorsDocument(createBusinessAgents().all()),
    'web/src/i18n/en/from-code.ts': englishWordsModule(),
  };
  for (const [file, text] of Object.entries(texts)) {
    if (!check) {
      writeFileSync(file, text);
      process.stdout.write(`${file} written\n`);
    } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      throw new StartError(`${file} differs from the code. Run: npm run conclave -- docs:factors`);
    }
  }
}

type Words = Readonly<Record<string, string>>;

const HEAD =
  '// Made from the code by `npm run conclave -- docs:factors`. Change what the agents, tools and codes say of themselves, not this file.\n';

/** Source text of the console's module with all English words that the code describes. */
export function englishWordsModule(): string {
  return `${HEAD}export const fromCode = ${JSON.stringify(englishWords(), null, 2)};\n`;
}

/** Group -> name -> English. A parameter without a description gets its name. */
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
    factorUnit: wordsOf(
      agents.flatMap((agent) => agent.factors),
      ({ name, unit }) => [name, unit],
    ),
    channel: wordsOf(TRADE_CHANNEL_LIST, ({ name, displayName }) => [name, displayName]),
    param: wordsOf(params, ([name]) => [name, sentence(name)]),
    paramHelp: wordsOf(params, ([name, { description }]) => [name, description ?? `${sentence(name)}.`]),
    reason: wordsOf(reasons, ([code, meaning]) => [code, reasonText(meaning)]),
    reasonName: wordsOf(reasons, ([code]) => [code, code.replaceAll('_', ' ')]),
    violation: VIOLATION_CODES,
    problem: PROBLEM_CODES,
    failure: { ...FAILURE_CODES, ...API_FAILURE_CODES },
    llmFailure: LLM_FAILURES,
    absence: ABSENT_FACTOR_REASONS,
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

/**
 * Loaded into a replica with `node --import`: every business agent notes in AGENT_CALLS that it is asked, as a line
 * `<process of the replica> <agent>`, and the first `ta` of that file thinks for SLOW_AGENT_MS before it answers.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadInAgentProcesses } from './in-agent-processes.mjs';

const { AGENT_CALLS, SLOW_AGENT_MS } = process.env;
loadInAgentProcesses(import.meta.url, { AGENT_CALLS, SLOW_AGENT_MS });

const { MacroAgent } = await import('../../../dist/src/business-agents/macro/macro-agent.js');
const { OnchainAgent } = await import('../../../dist/src/business-agents/onchain/onchain-agent.js');
const { TaAgent } = await import('../../../dist/src/business-agents/ta/ta-agent.js');

for (const [name, agent] of Object.entries({ macro: MacroAgent, onchain: OnchainAgent, ta: TaAgent })) {
  const { analyse } = agent.prototype;
  agent.prototype.analyse = async function noted(input) {
    const isFirst = !readFileSync(AGENT_CALLS, 'utf8').includes(` ${name}\n`);
    appendFileSync(AGENT_CALLS, `${process.ppid} ${name}\n`);
    if (name === 'ta' && isFirst) await sleep(Number(SLOW_AGENT_MS));
    return analyse.call(this, input);
  };
}

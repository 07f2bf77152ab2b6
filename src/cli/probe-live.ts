import Table from 'cli-table3';
import { probeLive, type ProbeRow } from '../market-data/live/probe.js';
import { withLiveMarket } from './open-live-market.js';
import type { Environment } from '../platform/config/environment.js';

/**
 * `conclave probe:live`: asks every real source once, with the addresses, keys and limits of the registry, and prints what
 * came, and below it what each problem means and what to do. Ends with 1 when one of them gave nothing.
 */
export async function run(environment: Environment): Promise<void> {
  const rows = await withLiveMarket(environment, ({ client, clock }) => probeLive(client, clock));
  process.stdout.write(`${probeText(rows)}\n`);
  if (rows.some(({ problem }) => problem !== null)) process.exitCode = 1;
}

function probeText(rows: readonly ProbeRow[]): string {
  const table = new Table({
    head: ['tool', 'API', 'newest value', 'observed at', 'ms', 'problem'],
    style: { head: [], border: [], compact: true },
  });
  for (const { tool, api, value, observedAt, milliseconds, problem } of rows) {
    table.push([tool, api, value ?? '', observedAt ?? '', milliseconds, problem?.code ?? '']);
  }
  return [table.toString(), ...problemLines(rows)].join('\n');
}

/** Each problem once, with the tools that have it: they are sentences, and what fails is mostly an API with all its tools. */
function problemLines(rows: readonly ProbeRow[]): string[] {
  const toolsByMessage = new Map<string, string[]>();
  for (const { tool, problem } of rows) {
    if (!problem?.message) continue;
    toolsByMessage.set(problem.message, [...(toolsByMessage.get(problem.message) ?? []), tool]);
  }
  const lines = [...toolsByMessage].flatMap(([message, tools]) => ['', message, `  so without: ${tools.join(', ')}`]);
  return lines.length === 0 ? [] : [...lines, '', 'What the codes mean and what to do about them: docs/market-data.md'];
}

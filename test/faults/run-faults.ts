import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { FAULTS } from './fault-list.js';
import { runFault, type FaultReport } from './run-fault.js';

const USAGE = 'npm run faults -- [--only NAME[,NAME]] [--seed N] [--short]';

/** `npm run faults`: breaks everything that the list names, one after the other. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, seed: { type: 'string' }, short: { type: 'boolean', default: false } },
  });
  const names = values.only?.split(',') ?? FAULTS.map(({ name }) => name);
  const unknown = names.filter((name) => !FAULTS.some((fault) => fault.name === name));
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
    print(`${USAGE}\nNames: ${FAULTS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const interruption = new AbortController();
  process.on('SIGINT', () => interruption.abort(new Error('Interrupted.')));
  process.on('SIGTERM', () => interruption.abort(new Error('Interrupted.')));
  const reports: FaultReport[] = [];
  for (const fault of FAULTS.filter(({ name }) => names.includes(name))) {
    if (interruption.signal.aborted) break;
    const reason = fault.impossible?.() ?? null;
    if (reason !== null) {
      say(`${fault.name}: left out, ${reason}`);
      continue;
    }
    say(`${fault.name} (seed ${seed}): ${fault.proves}`);
    const report = await runFault(fault, {
      seed,
      size: values.short ? 'short' : 'full',
      signal: interruption.signal,
      say: (line) => say(`  ${line}`),
    });
    for (const problem of report.problems) say(`  PROBLEM ${problem}`);
    print(JSON.stringify(report));
    reports.push(report);
  }
  return summarise(reports, interruption.signal.aborted);
}

function summarise(reports: readonly FaultReport[], interrupted: boolean): number {
  const table = new Table({
    head: ['fault', 'seed', 'seconds', 'violations', 'result'],
    style: { head: [], border: [] },
  });
  for (const { fault, seed, seconds, violations, passed } of reports) {
    table.push([fault, seed, seconds, violations, passed ? 'passed' : 'FAILED']);
  }
  const failed = reports.filter(({ passed }) => !passed).length;
  print(table.toString());
  print(`${reports.length - failed} passed, ${failed} failed${interrupted ? ', interrupted' : ''}`);
  return failed > 0 || interrupted || reports.length === 0 ? 1 : 0;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

process.exitCode = await main();
// A fault that failed may have left a connection open to what is gone: that must not keep the command from ending.
setTimeout(() => process.exit(), 5000).unref();

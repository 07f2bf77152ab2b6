import Table from 'cli-table3';
import { probeLive, type ProbeRow } from '../market-data/live/probe.js';
import { withLiveMarket } from './open-live-market.js';
import { runMain } from './run-main.js';

/**
 * `npm run probe:live`: asks every real source once, with the addresses, keys and limits of the registry, and prints what
 * came. Ends with 1 when one of them gave nothing.
 */
await runMain(async () => {
  const rows = await withLiveMarket(({ client, clock }) => probeLive(client, clock));
  process.stdout.write(`${probeText(rows)}\n`);
  if (rows.some(({ problem }) => problem !== null)) process.exitCode = 1;
});

function probeText(rows: readonly ProbeRow[]): string {
  const table = new Table({
    head: ['tool', 'API', 'newest value', 'observed at', 'ms', 'problem'],
    style: { head: [], border: [] },
  });
  for (const { tool, api, value, observedAt, milliseconds, problem } of rows) {
    table.push([tool, api, value ?? '', observedAt ?? '', milliseconds, problem ?? '']);
  }
  return table.toString();
}

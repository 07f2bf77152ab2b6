import Table from 'cli-table3';
import { PERPETUAL } from './execution-kinds.js';
import type { StorageReport } from './measure-storage.js';

/** Runs in a year, one every ten minutes. */
const RUNS_A_YEAR = 52_560;
const HOURS_A_YEAR = 8760;
const INSTANCES = 10_000;

/** The report as tables, and what a year of 10,000 instances at 10 minutes would take. */
export function storageText(report: StorageReport): string {
  const tables = tableOf(['execution', 'table', 'rows', 'heap', 'index', 'toast', 'bytes a row']);
  for (const { kind, tables: ofKind } of report.kinds) {
    for (const { table, rows, heap, index, toast, total } of ofKind) {
      tables.push([kind, table, rows, heap, index, toast, total]);
    }
  }
  const kinds = tableOf(['execution', 'decided and done', 'bytes an execution, all tables']);
  for (const { kind, outcomes, bytes } of report.kinds) {
    const what = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    kinds.push([kind, what.join(', '), bytes]);
  }
  const year = report.kinds
    .filter(({ kind }) => kind.startsWith('HOLD'))
    .map(({ kind, bytes }) => {
      const gigabytes = (bytes * INSTANCES + report.run) * RUNS_A_YEAR * 1e-9;
      return `  ${kind}: ${gigabytes.toFixed(0)} GB, ${(gigabytes / 12).toFixed(0)} GB a month`;
    });
  return [
    tables.toString(),
    kinds.toString(),
    `A run by itself, with its analyses and chunks: ${report.run} bytes. PostgreSQL ${report.postgresql}.`,
    `A year of ${INSTANCES} instances that run every 10 minutes and never trade (executions, snapshots, runs):`,
    ...year,
    hoursText(report),
    '',
  ].join('\n');
}

/** What perpetual positions add by being open, whatever is decided: an hour and, in the ledger, what it came to. */
function hoursText({ kinds }: StorageReport): string {
  const { tables } = kinds.find(({ kind }) => kind === PERPETUAL)!;
  const bytes = ['funding_hours', 'ledger_entries'].map((name) => tables.find(({ table }) => table === name)!.total);
  const gigabytes = (bytes[0]! + bytes[1]!) * INSTANCES * HOURS_A_YEAR * 1e-9;
  return (
    `A year of ${INSTANCES} perpetual positions that are open all the time (hours of funding and their ledger entries, ` +
    `besides): ${gigabytes.toFixed(0)} GB, ${(gigabytes / 12).toFixed(0)} GB a month`
  );
}

function tableOf(head: string[]) {
  return new Table({ head, style: { head: [], border: [] } });
}

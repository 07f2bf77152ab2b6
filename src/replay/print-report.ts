import Table from 'cli-table3';
import type { ReplayReport } from './replay-report.js';

const COLUMNS = [
  'instance',
  'value',
  'return %',
  'hold %',
  'drawdown %',
  'trades',
  'win %',
  'Sharpe',
  'Sortino',
  'profit factor',
  'exposure %',
  'turnover',
  'fees',
  'funding',
];

/** The report as text for a terminal. */
export function reportText(report: ReplayReport): string {
  const table = new Table({
    head: COLUMNS,
    colAligns: COLUMNS.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  const hold = figure(report.buy_and_hold_percent);
  for (const line of report.instances) {
    table.push([
      line.name,
      money(line.total_value),
      figure(line.return_percent),
      hold,
      figure(line.max_drawdown_percent),
      line.trades,
      figure(line.win_rate_percent),
      figure(line.sharpe_ratio),
      figure(line.sortino_ratio),
      figure(line.profit_factor),
      figure(line.exposure_percent),
      figure(line.turnover),
      money(line.fees),
      money(line.funding),
    ]);
  }
  const { totals } = report;
  table.push([
    'all',
    money(totals.total_value),
    figure(totals.return_percent),
    hold,
    '',
    totals.trades,
    figure(totals.win_rate_percent),
    '',
    '',
    '',
    '',
    '',
    money(totals.fees),
    money(totals.funding),
  ]);
  const violated = Object.values(report.invariants).reduce((sum, count) => sum + count, 0);
  return [
    `${report.definition} on ${report.symbol}, ${report.from} to ${report.until}, every ${report.every_minutes} minutes`,
    table.toString(),
    `runs: ${pairs(report.runs)}`,
    `executions: ${pairs(report.executions)}`,
    `exits between runs: ${pairs(report.exits) || 'none'}`,
    `invariants: ${Object.keys(report.invariants).length} checked, ${violated} violations`,
    `took ${report.duration_seconds} s`,
    '',
  ].join('\n');
}

function pairs(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function money(text: string): string {
  return Number(text).toFixed(2);
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

import Table from 'cli-table3';
import type { ReplayReport } from './replay-report.js';

/** Strategies that the table of months has columns for; the JSON has all. */
const MONTH_COLUMNS = 8;

const RESULT_COLUMNS = [
  'instance',
  'value',
  'return %',
  'hold %',
  'drawdown %',
  'longest days',
  'trades',
  'Sharpe',
  'Sortino',
  'Calmar',
  'exposure %',
  'turnover',
  'fees',
  'funding',
];

const POSITION_COLUMNS = [
  'closed positions',
  'count',
  'win %',
  'profit factor',
  'expectancy',
  'average win',
  'average loss',
  'hours held',
  'win % of closes',
  'profit factor of closes',
];

/** The report as text for a terminal. */
export function reportText(report: ReplayReport): string {
  const violated = Object.values(report.invariants).reduce((sum, count) => sum + count, 0);
  return [
    `${report.definition} on ${report.symbol}, ${report.from} to ${report.until}, every ${report.every_minutes} minutes`,
    resultsTable(report),
    positionsTable(report),
    monthsTable(report),
    `runs: ${pairs(report.runs)}`,
    `executions: ${pairs(report.executions)}`,
    `exits between runs: ${pairs(report.exits) || 'none'}`,
    `invariants: ${Object.keys(report.invariants).length} checked, ${violated} violations`,
    `took ${report.duration_seconds} s`,
    '',
  ].join('\n');
}

function resultsTable({ instances, totals, buy_and_hold_percent }: ReplayReport): string {
  const hold = figure(buy_and_hold_percent);
  const rows = instances.map((line) => [
    line.name,
    money(line.total_value),
    figure(line.return_percent),
    hold,
    figure(line.max_drawdown_percent),
    line.longest_drawdown_days ?? '-',
    line.trades,
    figure(line.sharpe_ratio),
    figure(line.sortino_ratio),
    figure(line.calmar_ratio),
    figure(line.exposure_percent),
    figure(line.turnover),
    money(line.fees),
    money(line.funding),
  ]);
  const all = ['all', money(totals.total_value), figure(totals.return_percent), hold, '', '', totals.trades];
  return tableOf(RESULT_COLUMNS, [...rows, [...all, '', '', '', '', '', money(totals.fees), money(totals.funding)]]);
}

function positionsTable({ instances, totals }: ReplayReport): string {
  const rows = instances.map((line) => [
    line.name,
    line.closed_positions,
    figure(line.win_rate_percent),
    figure(line.profit_factor),
    money(line.expectancy),
    money(line.average_win),
    money(line.average_loss),
    figure(line.average_holding_hours),
    figure(line.close_win_rate_percent),
    figure(line.close_profit_factor),
  ]);
  const all = ['all', totals.closed_positions, figure(totals.win_rate_percent), '', '', '', '', ''];
  return tableOf(POSITION_COLUMNS, [...rows, [...all, figure(totals.close_win_rate_percent), '']]);
}

function monthsTable({ instances }: ReplayReport): string {
  const shown = instances.slice(0, MONTH_COLUMNS);
  const months = Object.keys(shown[0]?.monthly_return_percent ?? {});
  return tableOf(
    ['return % by month', ...shown.map((_, index) => `#${index + 1}`)],
    months.map((month) => [month].concat(shown.map((line) => figure(line.monthly_return_percent[month] ?? null)))),
  );
}

function tableOf(head: string[], rows: readonly (string | number)[][]): string {
  const table = new Table({
    head,
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  table.push(...rows);
  return table.toString();
}

function pairs(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function money(text: string | null): string {
  return text === null ? '-' : Number(text).toFixed(2);
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

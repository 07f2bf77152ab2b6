import Table from 'cli-table3';
import { daysOf, everyText, signed, share, percent, interval } from './figures.js';
import type { SeriesReport, StudyReport } from './study-report.js';

/** The report as text for a terminal. */
export function studyText(report: StudyReport): string {
  const differences = report.look_ahead.differences.map(({ at, output }) => `${output} at ${at}`).join(', ');
  return [
    `Business agents on ${report.symbol}, ${daysOf(report)}: ${report.looks} looks, ` +
      `${everyText(report.every_minutes)}, ${report.looks_without_price} without a price`,
    '',
    'Scores (agents -100..100, conviction 0..100):',
    scoresTable(report.series),
    'Autocorrelation of the scores, by days:',
    autocorrelationTable(report.series),
    `Against the return that followed (95 % intervals from ${report.resamples} resamples in blocks of days):`,
    horizonsTable(report.series),
    'Mean return after each signal, with the number of looks:',
    signalsTable(report.series),
    report.look_ahead.differences.length === 0
      ? `look-ahead: ${report.look_ahead.looks_compared} looks on files cut at their moment, all identical`
      : `look-ahead: DIFFERENT on files cut at their moment: ${differences}`,
    '',
  ].join('\n');
}

function scoresTable(series: readonly SeriesReport[]): string {
  const table = tableOf([
    '',
    'opinions',
    'none',
    'confidence',
    'mean',
    'sd',
    '5 %',
    '25 %',
    '50 %',
    '75 %',
    '95 %',
    'signals',
  ]);
  for (const { name, opinions, without_opinion, mean_confidence, distribution, signals } of series) {
    const d = distribution;
    const figures = d
      ? [d.mean, d.standard_deviation, d.quantile_5, d.quantile_25, d.median, d.quantile_75, d.quantile_95].map((x) =>
          x.toFixed(1),
        )
      : Array<string>(7).fill('-');
    const shares = Object.entries(signals).map(([signal, part]) => `${signal} ${percent(part)}`);
    table.push([name, opinions, without_opinion, share(mean_confidence), ...figures, shares.join(', ')]);
  }
  return table.toString();
}

function autocorrelationTable(series: readonly SeriesReport[]): string {
  const lags = series[0]?.autocorrelation ?? [];
  const table = tableOf(['', ...lags.map(({ lag_days }) => String(lag_days))]);
  for (const { name, autocorrelation } of series)
    table.push([name, ...autocorrelation.map(({ value }) => signed(value))]);
  return table.toString();
}

function horizonsTable(series: readonly SeriesReport[]): string {
  const table = tableOf(['', 'days', 'pairs', 'IC', 'IC 95 %', 'hit rate', 'hit rate 95 %', 'by chance', 'block']);
  for (const { name, horizons } of series) {
    for (const h of horizons) {
      table.push([
        name,
        h.days,
        h.pairs,
        signed(h.information_coefficient),
        interval(h.information_coefficient_95, signed),
        percent(h.hit_rate),
        interval(h.hit_rate_95, percent),
        percent(h.hit_rate_by_chance),
        `${h.block_days} d`,
      ]);
    }
  }
  return table.toString();
}

function signalsTable(series: readonly SeriesReport[]): string {
  const table = tableOf(['', 'days', 'all looks', 'after each signal']);
  for (const { name, horizons } of series) {
    for (const { days, mean_return_percent, after_signal } of horizons) {
      const after = Object.entries(after_signal).map(
        ([signal, { looks, mean_return_percent: mean }]) => `${signal} ${signed(mean)} % (${looks})`,
      );
      table.push([name, days, `${signed(mean_return_percent)} %`, after.join(', ')]);
    }
  }
  return table.toString();
}

function tableOf(head: string[]): InstanceType<typeof Table> {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}

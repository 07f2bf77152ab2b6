import type { SampledHistory } from '../../sample-history.js';
import { daysOf, everyText, interval, percent, share, signed } from '../figures.js';
import type { SeriesReport, StudyReport } from '../study-report.js';
import { autocorrelationPlot, coefficientPlot, histogramPlot, timePlot } from './plots.js';
import { escaped } from './svg.js';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1060px; padding: 0 1rem; color: #1b2430; background: #fff }
  h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
  table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; display: block; overflow-x: auto }
  th, td { border-bottom: 1px solid #d9dee5; padding: .25rem .6rem; text-align: right; white-space: nowrap }
  th:first-child, td:first-child, .words { text-align: left } td.words { white-space: normal; min-width: 15rem }
  .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 1rem 2rem }
  figure { margin: 0 } figcaption { font-size: 13px; color: #5a6675 } svg { width: 100%; height: auto }
  text { font-size: 11px; fill: #5a6675 } path { fill: none } .score { stroke: #1769aa; stroke-width: 1.2 }
  .price { stroke: #c9ced6; stroke-width: 1.2 } .grid { stroke: #e6e9ee } .bar { fill: #6fa8d6 } .mark { stroke: #b3541e; stroke-width: 2 }
  .whisker { stroke: #1769aa; stroke-width: 2 } .dot { fill: #1769aa } .good { color: #1b6e3c } .bad { color: #a3211b; font-weight: 600 }
`;

/** The report as one HTML page that needs nothing else: no script, no picture, no address. */
export function studyPage(report: StudyReport, seen: SampledHistory): string {
  const title = `Business agents on ${report.symbol}, ${daysOf(report)}`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escaped(title)}</h1>
<p>${report.looks} looks, ${everyText(report.every_minutes)}; ${report.looks_without_price} without a price.
Intervals: 95 %, ${report.resamples} resamples in blocks of neighbouring days.</p>
${lookAhead(report)}
${horizonsTable(report.series)}
${report.series.map((series) => section(series, seen)).join('\n')}
</body>
</html>
`;
}

function lookAhead({ look_ahead: { looks_compared, differences } }: StudyReport): string {
  if (differences.length === 0) {
    return `<p class="good">Look-ahead: ${looks_compared} looks on files cut at their moment are identical to the last digit.</p>`;
  }
  const items = differences.map(({ at, output }) => `<li>${escaped(output)} at ${escaped(at)}</li>`).join('');
  return `<p class="bad">Look-ahead: these outputs differ on files cut at their moment.</p><ul>${items}</ul>`;
}

function horizonsTable(series: readonly SeriesReport[]): string {
  const figures = ['', 'days', 'pairs', 'IC', '95 %', 'hit rate', '95 %', 'by chance'];
  const heads = [...figures.map((cell) => `<th>${cell}</th>`), '<th class="words">mean return after each signal</th>'];
  const rows = series.flatMap(({ name, horizons }) =>
    horizons.map((h) => {
      const after = Object.entries(h.after_signal).map(
        ([signal, { looks, mean_return_percent: mean }]) => `${signal} ${signed(mean)} % (${looks})`,
      );
      const cells = [
        name,
        String(h.days),
        String(h.pairs),
        signed(h.information_coefficient),
        interval(h.information_coefficient_95, signed),
        percent(h.hit_rate),
        interval(h.hit_rate_95, percent),
        percent(h.hit_rate_by_chance),
      ].map((cell) => `<td>${escaped(cell)}</td>`);
      const all = `all ${signed(h.mean_return_percent)} %`;
      return `<tr>${cells.join('')}<td class="words">${escaped([all, ...after].join(', '))}</td></tr>`;
    }),
  );
  return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function section(series: SeriesReport, seen: SampledHistory): string {
  const { name, opinions, without_opinion, mean_confidence, signals, distribution } = series;
  const shares = Object.entries(signals).map(([signal, part]) => `${signal} ${percent(part)}`);
  const confidence = mean_confidence === null ? '' : `, mean confidence ${share(mean_confidence)}`;
  const summary = `${opinions} opinions, ${without_opinion} looks without one${confidence}. ${shares.join(', ')}.`;
  if (!distribution) return `<h2>${escaped(name)}</h2><p>${escaped(summary)}</p>`;
  const { scores } = seen.series.find((said) => said.name === name)!;
  const range = [distribution.histogram[0]!.from, distribution.histogram.at(-1)!.to] as const;
  const plots = [
    timePlot(name, seen.times, scores, seen.prices, range),
    histogramPlot(name, distribution),
    autocorrelationPlot(series),
    coefficientPlot(name, series.horizons),
  ];
  return `<h2>${escaped(name)}</h2><p>${escaped(summary)}</p><div class="plots">${plots.join('')}</div>`;
}

import type { Distribution } from '../../statistics/distribution.js';
import type { HorizonReport, SeriesReport } from '../study-report.js';
import { circle, curve, drawing, gridLines, horizontal, labelsBelow, line, rectangle, vertical } from './svg.js';

/** More points than pixels only make the page heavy. */
const MOST_POINTS = 1500;

/** The scores over time, above the logarithm of the price. */
export function timePlot(
  name: string,
  times: readonly Date[],
  scores: readonly (number | null)[],
  prices: readonly (number | null)[],
  [low, high]: readonly [number, number],
): string {
  const step = Math.ceil(times.length / MOST_POINTS);
  const shown = times.map((_, index) => index).filter((index) => index % step === 0);
  const x = horizontal(times[0]!.getTime(), times.at(-1)!.getTime());
  const y = vertical(low, high);
  const logs = prices.map((price) => (price === null ? null : Math.log(price)));
  const known = logs.filter((value) => value !== null);
  const ofPrice = vertical(Math.min(...bounds(known)), Math.max(...bounds(known)));
  const pointsOf = (values: readonly (number | null)[], scale: (value: number) => number) =>
    shown.map((index) => {
      const value = values[index]!;
      return value === null ? null : ([x(times[index]!.getTime()), scale(value)] as const);
    });
  const years = yearsBetween(times[0]!, times.at(-1)!);
  return drawing(`${name} over time; the price behind it, logarithmic`, [
    gridLines([low, (low + high) / 2, high], y),
    curve(pointsOf(logs, ofPrice), 'price'),
    curve(pointsOf(scores, y), 'score'),
    labelsBelow(years.map((year) => [x(Date.UTC(year)), String(year)])),
  ]);
}

export function histogramPlot(name: string, { histogram, mean }: Distribution): string {
  const [low, high] = [histogram[0]!.from, histogram.at(-1)!.to];
  const tallest = Math.max(...histogram.map(({ count }) => count));
  const [x, y] = [horizontal(low, high), vertical(0, tallest)];
  return drawing(`How often ${name} said what (mean ${mean.toFixed(1)})`, [
    gridLines([0, tallest], y),
    ...histogram.map(({ from, to, count }) =>
      rectangle(x(from), y(count), Math.max(0.5, x(to) - x(from) - 1), y(0) - y(count), 'bar'),
    ),
    line(x(mean), y(0), x(mean), y(tallest), 'mark'),
    labelsBelow([low, (low + high) / 2, high].map((value) => [x(value), String(value)])),
  ]);
}

export function autocorrelationPlot({ name, autocorrelation }: SeriesReport): string {
  const x = horizontal(-0.5, autocorrelation.length - 0.5);
  const y = vertical(-0.5, 1);
  return drawing(`Autocorrelation of ${name}, by days`, [
    gridLines([-0.5, 0, 0.5, 1], y),
    ...autocorrelation.flatMap(({ value }, index) => {
      if (value === null) return [];
      const shown = Math.max(-0.5, value);
      return [rectangle(x(index) - 8, Math.min(y(0), y(shown)), 16, Math.abs(y(shown) - y(0)), 'bar')];
    }),
    labelsBelow(autocorrelation.map(({ lag_days }, index) => [x(index), String(lag_days)])),
  ]);
}

/** Information coefficients with their intervals. */
export function coefficientPlot(name: string, horizons: readonly HorizonReport[]): string {
  const x = horizontal(-0.5, horizons.length - 0.5);
  const y = vertical(-0.6, 0.6);
  const within = (value: number): number => y(Math.max(-0.6, Math.min(0.6, value)));
  return drawing(`Information coefficient of ${name}, with 95 % intervals`, [
    gridLines([-0.6, -0.3, 0, 0.3, 0.6], y),
    ...horizons.flatMap(({ information_coefficient: value, information_coefficient_95: bounds95 }, index) => {
      const whisker = bounds95
        ? [line(x(index), within(bounds95.low), x(index), within(bounds95.high), 'whisker')]
        : [];
      return value === null ? [] : [...whisker, circle(x(index), within(value), 'dot')];
    }),
    labelsBelow(horizons.map(({ days }, index) => [x(index), days === 1 ? '1 day' : `${days} days`])),
  ]);
}

function bounds(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [values[0] ?? 0, values[0] ?? 1],
  );
}

function yearsBetween(first: Date, last: Date): number[] {
  const years: number[] = [];
  for (let year = first.getUTCFullYear() + 1; year <= last.getUTCFullYear(); year++) years.push(year);
  return years;
}

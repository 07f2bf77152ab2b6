import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { SeriesName } from '../market-data-source.js';
import { readCsv, type CsvRow, CsvDataError } from './csv-table.js';

const DAY_MS = 24 * 60 * 60_000;

/** A column of a daily file and its series. An empty cell is an absent value. */
interface SeriesColumn {
  readonly column: string;
  readonly series: SeriesName;
  /** A value outside these bounds makes the row invalid. */
  readonly min: number;
  readonly max: number;
  /** The file writes 0 for a missing value. */
  readonly zeroIsAbsent?: true;
}

interface DailyFileKind {
  readonly pattern: RegExp;
  readonly dateColumn: string;
  /** When the value of a date became known, ms. An earlier time would be look-ahead. */
  readonly knownAt: (date: number) => number;
  readonly columns: readonly SeriesColumn[];
}

const sameDay = (date: number): number => date;
const nextDay = (date: number): number => date + DAY_MS;
function firstOfNextMonth(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
}

const HUGE = 1e30;

/**
 * Kinds of files with one value per day or month. Earlier kinds take precedence: the collection at the end only fills
 * series without a file of their own.
 */
const DAILY_FILE_KINDS: readonly DailyFileKind[] = [
  {
    pattern: /^fear_greed_daily.*\.csv$/i,
    dateColumn: 'date',
    knownAt: sameDay,
    columns: [{ column: 'value', series: 'fear_greed', min: 0, max: 100 }],
  },
  {
    pattern: /_perp_funding_daily.*\.csv$/i,
    dateColumn: 'date',
    knownAt: nextDay,
    columns: [{ column: 'funding_mean', series: 'funding', min: -1, max: 1 }],
  },
  {
    pattern: /^vix_daily.*\.csv$/i,
    dateColumn: 'DATE',
    knownAt: nextDay,
    columns: [{ column: 'CLOSE', series: 'vix', min: 0, max: 1000 }],
  },
  {
    pattern: /^us10y_yield_monthly.*\.csv$/i,
    dateColumn: 'Date',
    knownAt: firstOfNextMonth,
    columns: [{ column: 'Rate', series: 'us10y', min: -10, max: 100 }],
  },
  {
    pattern: /^macro_onchain_sentiment_daily.*\.csv$/i,
    dateColumn: 'date',
    knownAt: nextDay,
    columns: [
      { column: 'dxy', series: 'dxy', min: 1, max: 1000 },
      { column: 'vix', series: 'vix', min: 0, max: 1000 },
      { column: 'fng', series: 'fear_greed', min: 0, max: 100 },
      { column: 'hashrate', series: 'hash_rate', min: 0, max: HUGE, zeroIsAbsent: true },
      { column: 'difficulty', series: 'difficulty', min: 0, max: HUGE, zeroIsAbsent: true },
      { column: 'active_addresses', series: 'active_addresses', min: 0, max: HUGE, zeroIsAbsent: true },
      { column: 'tx_count', series: 'transactions', min: 0, max: HUGE, zeroIsAbsent: true },
      { column: 'fees_btc', series: 'fees', min: 0, max: HUGE, zeroIsAbsent: true },
      { column: 'funding_mean', series: 'funding', min: -1, max: 1 },
    ],
  },
];

/** Series with one value per month in their file. */
export const MONTHLY_SERIES: readonly SeriesName[] = ['us10y'];

/**
 * Reads all daily files among the given names; each series ascending by the time it became known.
 *
 * @throws CsvDataError at the first invalid row, or when two files contain the same kind of data.
 */
export async function readDailyFiles(
  directory: string,
  files: readonly string[],
): Promise<ReadonlyMap<SeriesName, readonly ObservedValue[]>> {
  const series = new Map<SeriesName, readonly ObservedValue[]>();
  for (const kind of DAILY_FILE_KINDS) {
    const [file, another] = files.filter((name) => kind.pattern.test(name)).sort();
    if (!file) continue;
    if (another) throw new CsvDataError(`${file} holds the same kind of data: keep one of them`, another);
    const rows = await readCsv(directory, file, [kind.dateColumn, ...kind.columns.map(({ column }) => column)]);
    const known = knownTimes(rows, kind);
    for (const column of kind.columns) {
      const values = valuesOf(rows, known, column, file.replace(/\.csv$/i, ''));
      if (!series.has(column.series)) series.set(column.series, values);
    }
  }
  return series;
}

function knownTimes(rows: readonly CsvRow[], kind: DailyFileKind): string[] {
  let previous = -Infinity;
  return rows.map((row) => {
    const known = kind.knownAt(row.date(kind.dateColumn));
    if (known === previous) throw row.broken(`${row.text(kind.dateColumn)} is there twice`);
    if (known < previous) throw row.broken(`${row.text(kind.dateColumn)} is before the row above: rows must ascend`);
    previous = known;
    return new Date(known).toISOString();
  });
}

function valuesOf(
  rows: readonly CsvRow[],
  known: readonly string[],
  column: SeriesColumn,
  source: string,
): ObservedValue[] {
  const values: ObservedValue[] = [];
  rows.forEach((row, index) => {
    if (row.text(column.column) === '') return;
    const value = row.number(column.column);
    if (value < column.min || value > column.max) {
      throw row.broken(`${column.column} is ${value}, outside of ${column.min} .. ${column.max}`);
    }
    if (value === 0 && column.zeroIsAbsent) return;
    values.push({ value, source, observed_at: known[index]! });
  });
  return values;
}

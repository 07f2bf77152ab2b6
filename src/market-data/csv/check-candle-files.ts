import path from 'node:path';
import type { Candle } from '../../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../market-data-source.js';
import { candleFileKind, CANDLE_COLUMNS, candleOf } from './candle-files.js';
import { listFiles } from './csv-source.js';
import { readCsv, type CsvRow, CsvDataError } from './csv-table.js';

/** A run of missing candles between two existing ones. */
export interface CandleGap {
  /** Open time of the first missing candle, ms. */
  readonly from: number;
  readonly missing: number;
}

export interface CandleFileCheck {
  readonly file: string;
  readonly interval: CandleInterval;
  readonly candles: number;
  /** Open times of the first and the last candle, ms; null without candles. */
  readonly span: { readonly first: number; readonly last: number } | null;
  /** Allowed by `replay`: an exchange outage leaves gaps. */
  readonly gaps: readonly CandleGap[];
  /** Rows that `replay` refuses. */
  readonly duplicates: readonly string[];
  readonly impossible: readonly string[];
}

/**
 * Checks every candle file of a folder completely, whereas `replay` stops at the first error.
 *
 * @throws CsvDataError for a folder that is unreadable or has no candle file.
 */
export async function checkCandleFiles(directory: string): Promise<CandleFileCheck[]> {
  const checks: CandleFileCheck[] = [];
  for (const file of (await listFiles(directory)).sort()) {
    const kind = candleFileKind(file);
    if (kind) checks.push(await checkCandleFile(path.join(directory, file), kind.interval));
  }
  if (checks.length === 0) throw new CsvDataError(`The folder ${directory} has no candle file.`);
  return checks;
}

export async function checkCandleFile(file: string, interval: CandleInterval): Promise<CandleFileCheck> {
  const check = { gaps: [] as CandleGap[], duplicates: [] as string[], impossible: [] as string[] };
  const lengthMs = CANDLE_INTERVAL_MS[interval];
  const seen = new Set<number>();
  let [first, last] = [NaN, NaN];
  for (const row of await rowsOf(file, check.impossible)) {
    const candle = readable(row, interval, check.impossible);
    if (!candle) continue;
    const { openTime } = candle;
    if (seen.has(openTime)) {
      check.duplicates.push(row.broken(`timestamp_ms ${openTime} is there twice`).message);
      continue;
    }
    seen.add(openTime);
    if (seen.size === 1) first = openTime;
    else if (openTime < last) {
      check.impossible.push(row.broken(`timestamp_ms ${openTime} is before a row above: rows must ascend`).message);
      continue;
    } else if (openTime > last + lengthMs) {
      check.gaps.push({ from: last + lengthMs, missing: (openTime - last) / lengthMs - 1 });
    }
    last = openTime;
  }
  const span = seen.size === 0 ? null : { first, last };
  return { file: path.basename(file), interval, candles: seen.size, span, ...check };
}

/** The rows; empty for a file that is no table, which is added to `faults`. */
async function rowsOf(file: string, faults: string[]): Promise<CsvRow[]> {
  try {
    return await readCsv(path.dirname(file), path.basename(file), CANDLE_COLUMNS, ({ message }) =>
      faults.push(message),
    );
  } catch (error) {
    if (!(error instanceof CsvDataError)) throw error;
    faults.push(error.message);
    return [];
  }
}

function readable(row: CsvRow, interval: CandleInterval, faults: string[]): Candle | null {
  try {
    return candleOf(row, interval);
  } catch (error) {
    if (!(error instanceof CsvDataError)) throw error;
    faults.push(error.message);
    return null;
  }
}

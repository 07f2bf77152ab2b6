import { readdir } from 'node:fs/promises';
import { readCandleFiles } from './candle-files.js';
import { CsvDataError } from './csv-table.js';
import { readDailyFiles } from './daily-files.js';
import { CsvSource } from './csv-source.js';

/**
 * Reads and checks a whole folder of CSV history before anything of it is used. Files with other names
 * are left alone. Required: at least one candle file; every other series is absent where it has no file.
 *
 * @throws CsvDataError with one line that names file and row: no such folder, no candles, a broken row.
 */
export async function loadCsvSource(directory: string): Promise<CsvSource> {
  const files = await listFiles(directory);
  const candles = await readCandleFiles(directory, files);
  if (candles.length === 0) {
    throw new CsvDataError(
      `The folder ${directory} has no candle file (<base><quote>_1h*.csv, <base><quote>_15m*.csv).`,
    );
  }
  return new CsvSource(candles, await readDailyFiles(directory, files));
}

/** Names of the files of a folder. @throws CsvDataError */
export async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new CsvDataError(`The folder ${directory} cannot be read (${code}).`);
  }
}

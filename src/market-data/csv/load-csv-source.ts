import { readdir } from 'node:fs/promises';
import { readCandleFiles } from './candle-files.js';
import { readDailyFiles } from './daily-files.js';
import { ReplayDataError } from './csv-data-error.js';
import { ReplaySource } from './csv-source.js';

/**
 * Reads and checks a whole folder of CSV history before anything of it is used. Files with other names
 * are left alone. Required: at least one candle file; every other series is absent where it has no file.
 *
 * @throws ReplayDataError with one line that names file and row: no such folder, no candles, a broken row.
 */
export async function loadReplaySource(directory: string): Promise<ReplaySource> {
  const files = await listFiles(directory);
  const candles = await readCandleFiles(directory, files);
  if (candles.length === 0) {
    throw new ReplayDataError(
      `The folder ${directory} has no candle file (<base><quote>_1h*.csv, <base><quote>_15m*.csv).`,
    );
  }
  return new ReplaySource(candles, await readDailyFiles(directory, files));
}

/** Names of the files of a folder. @throws ReplayDataError */
export async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ReplayDataError(`The folder ${directory} cannot be read (${code}).`);
  }
}

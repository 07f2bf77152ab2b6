import { checkCandleFiles } from '../market-data/csv/check-candle-files.js';
import { CsvDataError } from '../market-data/csv/csv-table.js';
import { StartError } from '../platform/config/start-error.js';
import { checkText, isUsable } from './print-candle-check.js';

/** `conclave data:check DIR`: gaps, duplicates and impossible candles; ends with 1 for a folder that `replay` refuses. */
export async function run(directory: string): Promise<void> {
  const checks = await checkCandleFiles(directory).catch((error: unknown) => {
    throw error instanceof CsvDataError ? new StartError(error.message, 2) : error;
  });
  process.stdout.write(checks.map(checkText).join(''));
  if (!checks.every(isUsable)) process.exitCode = 1;
}

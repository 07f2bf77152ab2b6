import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';

/**
 * A folder of history is unusable. The message is one line with the file and the row; rows count like lines in an
 * editor, with the header as row 1.
 */
export class CsvDataError extends Error {
  constructor(
    problem: string,
    readonly file: string | null = null,
    readonly row: number | null = null,
  ) {
    const place = [file, row && `row ${row}`].filter(Boolean).join(' ');
    super(place ? `${place}: ${problem}` : problem);
    this.name = 'CsvDataError';
  }
}

/** Row number of the first data row; row 1 is the header. */
const FIRST_DATA_ROW = 2;

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const WHOLE_NUMBER = /^\d+$/;

/** A data row of a file; its readers report file and row of an invalid cell. */
export class CsvRow {
  constructor(
    private readonly table: { readonly file: string; readonly columns: readonly string[] },
    private readonly cells: readonly string[],
    readonly row: number,
  ) {}

  text(column: string): string {
    return this.cells[this.table.columns.indexOf(column)]!;
  }

  /** @throws CsvDataError unless the cell is a finite decimal number. */
  number(column: string): number {
    const text = this.text(column);
    const value = DECIMAL.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(value)) throw this.broken(`${column} is "${text.slice(0, 40)}", not a number`);
    return value;
  }

  /** ms since the epoch. @throws CsvDataError */
  timestamp(column: string): number {
    const text = this.text(column);
    const value = WHOLE_NUMBER.test(text) ? Number(text) : NaN;
    if (!Number.isSafeInteger(value))
      throw this.broken(`${column} is "${text.slice(0, 40)}", not a time in milliseconds`);
    return value;
  }

  /** 00:00 UTC of a date such as 2024-01-31, ms since the epoch. @throws CsvDataError */
  date(column: string): number {
    const text = this.text(column);
    const time = ISO_DATE.test(text) ? Date.parse(text) : NaN;
    // The 30th of February parses in some engines, as the 1st or 2nd of March.
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
      throw this.broken(`${column} is "${text.slice(0, 40)}", not a date (YYYY-MM-DD)`);
    }
    return time;
  }

  broken(problem: string): CsvDataError {
    return new CsvDataError(problem, this.table.file, this.row);
  }
}

/**
 * Reads a CSV file whose header has at least these columns, with at least one data row.
 *
 * @param leaveOut called for each row with more or fewer cells than the header; the row is skipped unless it throws.
 * @throws CsvDataError for any other file, and whatever `leaveOut` throws; by default the error of the row.
 */
export async function readCsv(
  directory: string,
  file: string,
  columns: readonly string[],
  leaveOut: (fault: CsvDataError) => void = refuse,
): Promise<CsvRow[]> {
  const [header, ...lines] = parseCells(file, await readFile(path.join(directory, file), 'utf8'));
  const missing = columns.filter((column) => !header?.includes(column));
  if (!header || missing.length > 0) {
    throw new CsvDataError(`the header lacks the column ${missing.join(', ')}`, file, 1);
  }
  if (lines.length === 0) throw new CsvDataError('there is no row below the header', file, FIRST_DATA_ROW);
  return lines.flatMap((cells, index) => {
    const row = index + FIRST_DATA_ROW;
    if (cells.length === header.length) return [new CsvRow({ file, columns: header }, cells, row)];
    leaveOut(new CsvDataError(`${cells.length} columns where the header has ${header.length}`, file, row));
    return [];
  });
}

function refuse(fault: CsvDataError): never {
  throw fault;
}

function parseCells(file: string, text: string): string[][] {
  try {
    // Rows of any length and empty rows pass here, so that they are refused later with their row number.
    return parse(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: false }) as string[][];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? error['lines'] : null;
    throw new CsvDataError(`not readable as CSV (${error.code})`, file, row);
  }
}

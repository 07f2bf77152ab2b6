/**
 * A folder of history cannot be used. The message is one line that names the file and the row; rows are
 * counted as an editor counts lines, the header being row 1.
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

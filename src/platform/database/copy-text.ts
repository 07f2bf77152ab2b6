import { cellText, needsQuoting, type BulkColumn } from './bulk-column.js';

const SPECIAL = /[\\\n\r\t]/;
const EVERY_SPECIAL = /[\\\n\r\t]/g;
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

/** What a row takes, or a little more. */
const BYTES_A_ROW = 512;
/** Bytes of UTF-8 that a unit of a string may take. */
const MOST_BYTES_A_UNIT = 3;

const encoder = new TextEncoder();

/**
 * The rows in COPY's text format, as UTF-8. Encoded row by row: one long string, put together and encoded at its end,
 * costs several times as much.
 */
export function copyText<Row>(columns: readonly BulkColumn<Row>[], rows: readonly Row[]): Buffer {
  let bytes = Buffer.allocUnsafe(BYTES_A_ROW * rows.length);
  let used = 0;
  for (const row of rows) {
    const line = lineOf(columns, row);
    const needed = used + line.length * MOST_BYTES_A_UNIT;
    if (needed > bytes.length) bytes = grown(bytes, used, needed);
    used += encoder.encodeInto(line, bytes.subarray(used)).written;
  }
  return bytes.subarray(0, used);
}

function lineOf<Row>(columns: readonly BulkColumn<Row>[], row: Row): string {
  let line = '';
  for (let index = 0; index < columns.length; index++) {
    const { type, value } = columns[index]!;
    if (index > 0) line += '\t';
    const cell = cellText(type, value(row));
    if (cell === null) line += String.raw`\N`;
    else line += needsQuoting(type) ? escape(cell) : cell;
  }
  return `${line}\n`;
}

function escape(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (character) => ESCAPED[character]!) : text;
}

function grown(bytes: Buffer, used: number, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, needed));
  larger.set(bytes.subarray(0, used));
  return larger;
}

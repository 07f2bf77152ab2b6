import { sanitizeJson, sanitizeText } from './sanitize-text.js';

/** A column of a bulk statement: its name, its PostgreSQL type, and its value in each row. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly type: 'uuid' | 'text' | 'numeric' | 'integer' | 'float8' | 'boolean' | 'timestamptz' | 'json' | 'jsonb';
  readonly value: (row: Row) => unknown;
}

/**
 * A cell as the text that PostgreSQL reads for its type; null stays null.
 * @throws Error for undefined, which would silently become null.
 */
export function cellText(type: BulkColumn<never>['type'], cell: unknown): string | null {
  if (cell === null) return null;
  if (cell === undefined) throw new Error('A bulk statement met an undefined value; null is meant.');
  if (type === 'json' || type === 'jsonb') return sanitizeJson(cell);
  if (type === 'text') return sanitizeText(cell as string);
  if (type === 'timestamptz') return timeText(cell as Date);
  return String(cell);
}

/** Whether text of a type may hold characters that need quoting. */
export function needsQuoting(type: BulkColumn<never>['type']): boolean {
  return type === 'text' || type === 'json' || type === 'jsonb';
}

let lastTime: Date | null = null;
let lastText = '';

/** All rows of a chunk bear the same moment, most often the same object. */
function timeText(time: Date): string {
  if (time !== lastTime) {
    lastText = time.toISOString();
    lastTime = time;
  }
  return lastText;
}

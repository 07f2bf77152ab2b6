import { open, readFile, type FileHandle } from 'node:fs/promises';
import { Money, toText } from '../../domain/money/decimal.js';
import type { TextCandle } from '../live/exchanges/closed-candles.js';
import { CANDLE_COLUMNS } from '../csv/candle-files.js';
import { DownloadRefused } from './download-refused.js';

const HEADER = `${CANDLE_COLUMNS.join(',')}\n`;

/**
 * A CSV file of candles that grows page by page, as `replay` reads it. After a crash it ends in the middle of a row at
 * worst; that row is cut off when it is opened again.
 */
export class CandleFile {
  private constructor(
    private readonly handle: FileHandle,
    /** Open time of the first and the last candle in it, ms; null for a new file. */
    readonly span: { readonly first: number; readonly last: number } | null,
  ) {}

  /** Opens the file, or makes it. @throws DownloadRefused for one that holds something else. */
  static async open(path: string): Promise<CandleFile> {
    const handle = await open(path, 'a+');
    const text = await readFile(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (Buffer.byteLength(whole) < Buffer.byteLength(text)) await handle.truncate(Buffer.byteLength(whole));
    if (whole === '') await handle.appendFile(HEADER);
    const rows = whole.split('\n').slice(1, -1);
    const times = [rows[0], rows.at(-1)].map((row) => Number(row?.split(',')[0]));
    if (rows.length > 0 && !times.every((time) => Number.isSafeInteger(time))) {
      await handle.close();
      throw new DownloadRefused(`${path} is no file of candles: use another --out.`);
    }
    return new CandleFile(handle, rows.length === 0 ? null : { first: times[0]!, last: times[1]! });
  }

  /** Adds candles that follow those in the file. What this has returned for is on the disk. */
  async append(candles: readonly TextCandle[]): Promise<void> {
    const rows = candles.map((candle) =>
      [candle.openTime, ...[candle.open, candle.high, candle.low, candle.close, candle.volume].map(shortest)].join(','),
    );
    await this.handle.appendFile(rows.map((row) => `${row}\n`).join(''));
    await this.handle.sync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** `28923.63000000` -> `28923.63` */
function shortest(decimal: string): string {
  return toText(new Money(decimal));
}

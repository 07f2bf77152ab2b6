import { mkdir, rm, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Money, toText } from '../../domain/money/decimal.js';
import { CANDLE_COLUMNS } from './candle-files.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../market-data-source.js';
import type { TextCandle } from '../live/exchanges/closed-candles.js';

/** Binance's maximum per request. */
const PAGE = 1000;

export interface CandleDownload {
  /** Base asset, for example `BTC`. */
  readonly base: string;
  readonly quote: string;
  readonly interval: CandleInterval;
  /** The first candle opens here or later ... */
  readonly from: Date;
  /** ... and the last one before. */
  readonly to: Date;
  /** The target folder; created if missing. */
  readonly directory: string;
}

/** Fetches closed candles that open at or after `since`, ascending, at most `limit`. */
export type CandleHistorySource = (since: number, limit: number) => Promise<readonly TextCandle[]>;

export interface DownloadResult {
  readonly file: string;
  /** Candles added by this call. */
  readonly added: number;
}

/** The file name that `replay` expects. */
export function candleFileName({ base, quote, interval }: CandleDownload): string {
  return `${base}${quote}_${interval}.csv`.toLowerCase();
}

/**
 * Appends candles to a file page by page, starting where the file ends. An interrupted download resumes, a finished one
 * adds nothing, and one with a later end adds only the new candles.
 *
 * @param progress receives the milliseconds of the requested period that are done.
 * @throws DownloadRefused for a file that begins later than requested, or when there are no candles. Errors of `fetch`
 *   propagate; all complete pages remain in the file.
 */
export async function downloadCandles(
  wanted: CandleDownload,
  fetch: CandleHistorySource,
  progress: (doneMs: number) => void,
): Promise<DownloadResult> {
  const lengthMs = CANDLE_INTERVAL_MS[wanted.interval];
  await mkdir(wanted.directory, { recursive: true });
  const path = join(wanted.directory, candleFileName(wanted));
  const file = await CandleFile.open(path);
  let added = 0;
  try {
    let since = startOf(wanted, file, path);
    while (since < wanted.to.getTime()) {
      const page = await fetch(since, PAGE);
      const candles = page.filter(({ openTime }) => openTime >= since && openTime < wanted.to.getTime());
      await file.append(candles);
      added += candles.length;
      progress(Math.min(since, wanted.to.getTime()) - wanted.from.getTime());
      const newest = page.at(-1);
      if (!newest || newest.openTime < since) break;
      since = newest.openTime + lengthMs;
    }
    if (!file.span && added === 0) throw nothingThere(wanted);
    progress(wanted.to.getTime() - wanted.from.getTime());
    return { file: path, added };
  } finally {
    await file.close();
    // `replay` refuses a folder with an empty candle file.
    if (!file.span && added === 0) await rm(path, { force: true });
  }
}

function nothingThere({ base, quote, from, to }: CandleDownload): DownloadRefused {
  const [first, last] = [from, to].map((time) => time.toISOString());
  return new DownloadRefused(`Binance has no candles of ${base}/${quote} between ${first} and ${last}.`);
}

function startOf({ from, interval }: CandleDownload, { span }: CandleFile, path: string): number {
  const lengthMs = CANDLE_INTERVAL_MS[interval];
  const first = Math.ceil(from.getTime() / lengthMs) * lengthMs;
  if (!span) return first;
  // Rows are only appended.
  if (span.first > first) {
    throw new DownloadRefused(
      `${path} begins at ${new Date(span.first).toISOString()}, after --from: use another --out, or begin there.`,
    );
  }
  return span.last + lengthMs;
}

const HEADER = `${CANDLE_COLUMNS.join(',')}\n`;

/**
 * A CSV file of candles in the format of `replay` that grows page by page. A crash can leave an incomplete last row;
 * the next opening removes it.
 */
class CandleFile {
  private constructor(
    private readonly handle: FileHandle,
    /** Open times of the first and the last candle, ms; null for a new file. */
    readonly span: { readonly first: number; readonly last: number } | null,
  ) {}

  /** Opens or creates the file. @throws DownloadRefused for a file without candle rows. */
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

  /** Appends candles that follow the existing ones. They are on disk when the promise resolves. */
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

/** Candles cannot be added to this file; the message is one line that says what to do. */
export class DownloadRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DownloadRefused';
  }
}

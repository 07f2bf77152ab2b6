import { mkdir, rm, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Money, toText } from '../../domain/money/decimal.js';
import { CANDLE_COLUMNS } from './candle-files.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../market-data-source.js';
import type { TextCandle } from '../live/exchanges/closed-candles.js';

/** The most that Binance answers at once. */
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
  /** The folder that the file goes into; it is made where it is missing. */
  readonly directory: string;
}

/** Where the candles come from: closed ones from a moment on, ascending, at most so many. */
export type CandleHistorySource = (since: number, limit: number) => Promise<readonly TextCandle[]>;

export interface DownloadResult {
  readonly file: string;
  /** Candles that this call has added. */
  readonly added: number;
}

/** The name under which `replay` finds the candles. */
export function candleFileName({ base, quote, interval }: CandleDownload): string {
  return `${base}${quote}_${interval}.csv`.toLowerCase();
}

/**
 * Brings candles into a file, a page at a time, from where the file ends: a download that was interrupted goes on, one that
 * is finished adds nothing, and one with a later end adds what is new.
 *
 * @param progress is told how many ms of the wanted time are done.
 * @throws DownloadRefused for a file that begins later than wanted, or when there are no candles; what `fetch` throws, with all whole pages kept.
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
    // `replay` refuses a folder that holds a file without candles.
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
  // Rows are only ever added at the end.
  if (span.first > first) {
    throw new DownloadRefused(
      `${path} begins at ${new Date(span.first).toISOString()}, after --from: use another --out, or begin there.`,
    );
  }
  return span.last + lengthMs;
}

const HEADER = `${CANDLE_COLUMNS.join(',')}\n`;

/**
 * A CSV file of candles that grows page by page, as `replay` reads it. After a crash it ends in the middle of a row at
 * worst; that row is cut off when it is opened again.
 */
class CandleFile {
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

/** Candles cannot be brought into this file; the message is one line that says what to do. */
export class DownloadRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DownloadRefused';
  }
}

import type { Candle } from '../../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS } from '../market-data-source.js';
import type { CandleInterval } from '../market-data-source.js';
import { readCsv, type CsvRow, CsvDataError } from './csv-table.js';

/** Validated candles of one symbol and interval, ascending. */
export interface CandleHistory {
  /** Base asset in capitals, for example `BTC`. */
  readonly symbol: string;
  readonly interval: CandleInterval;
  /** The first file of the history, without its suffix; the `source` of prices. */
  readonly source: string;
  readonly candles: readonly Candle[];
}

/** `<base><quote>_<interval>*.csv`; only dollar quotes, so that prices need no conversion. */
const CANDLE_FILE = /^(?<base>[a-z0-9]+?)(?<quote>usdt|usdc|usd)_(?<interval>15m|1h)(?![a-z0-9]).*\.csv$/i;
/** Columns of a candle file, in the order of writing. */
export const CANDLE_COLUMNS = ['timestamp_ms', 'open', 'high', 'low', 'close', 'volume'];

/** The contents of a file according to its name; null for other files. */
export function candleFileKind(file: string): { symbol: string; quote: string; interval: CandleInterval } | null {
  const { base, quote, interval } = CANDLE_FILE.exec(file)?.groups ?? {};
  if (!base || !quote || !interval) return null;
  return {
    symbol: base.toUpperCase(),
    quote: quote.toLowerCase(),
    interval: interval.toLowerCase() as CandleInterval,
  };
}

/**
 * Reads all candle files among the given names. Files of the same pair and interval are joined in the order of their
 * names; a gap between candles is not an error.
 *
 * @throws CsvDataError at the first invalid row.
 */
export async function readCandleFiles(directory: string, files: readonly string[]): Promise<CandleHistory[]> {
  const histories = new Map<string, { quote: string; history: CandleHistory & { candles: Candle[] } }>();
  for (const file of [...files].sort()) {
    const kind = candleFileKind(file);
    if (!kind) continue;
    const { symbol, quote, interval } = kind;
    const key = `${symbol} ${interval}`;
    const known = histories.get(key) ?? {
      quote,
      history: {
        symbol,
        interval,
        source: file.replace(/\.csv$/i, ''),
        candles: [],
      },
    };
    if (known.quote !== quote) {
      throw new CsvDataError(
        `${symbol} is quoted in ${quote} here and in ${known.quote} in another file: keep one`,
        file,
      );
    }
    histories.set(key, known);
    for (const row of await readCsv(directory, file, CANDLE_COLUMNS)) {
      known.history.candles.push(candleOf(row, known.history.interval, known.history.candles.at(-1)));
    }
  }
  return [...histories.values()].map(({ history }) => history);
}

/**
 * Reads and validates the candle of a row.
 *
 * @param previous the candle in the row above, if rows must ascend.
 * @throws CsvDataError for an invalid row.
 */
export function candleOf(row: CsvRow, interval: CandleInterval, previous?: Candle): Candle {
  const length = CANDLE_INTERVAL_MS[interval];
  const openTime = row.timestamp('timestamp_ms');
  if (openTime % length !== 0)
    throw row.broken(`timestamp_ms ${openTime} is not the beginning of a candle of ${interval}`);
  if (previous && openTime === previous.openTime) throw row.broken(`timestamp_ms ${openTime} is there twice`);
  if (previous && openTime < previous.openTime) {
    throw row.broken(`timestamp_ms ${openTime} is before the row above: rows must ascend`);
  }
  const [open, high, low, close] = [row.number('open'), row.number('high'), row.number('low'), row.number('close')];
  const volume = row.number('volume');
  if (low <= 0) throw row.broken(`low is ${low}: prices are above 0`);
  if (high < low) throw row.broken(`high ${high} is below low ${low}`);
  for (const [name, price] of [
    ['open', open],
    ['close', close],
  ] as const) {
    if (price < low || price > high) throw row.broken(`${name} ${price} is outside of low ${low} .. high ${high}`);
  }
  if (volume < 0) throw row.broken(`volume is ${volume}: it is at least 0`);
  return { openTime, closeTime: openTime + length, open, high, low, close, volume };
}

import { parseArgs } from 'node:util';
import { readDate } from '../domain/clock.js';
import type { CandleDownload } from '../market-data/csv/download-candles.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../market-data/market-data-source.js';
import { StartError } from '../platform/config/start-error.js';

const USAGE =
  'npm run conclave -- data:download --symbol BTC/USDT --interval 1h --from 2024-01-01 --to 2024-12-31 [--out DIR]\n' +
  '  --interval 15m or 1h   --to is included when it is a day, and not when it is a moment   --out data unless given';

/** @throws StartError (exit code 2) with the first problem and the usage. */
export function readDownloadArguments(args: readonly string[]): CandleDownload {
  try {
    const text = { type: 'string' } as const;
    const options = { symbol: text, interval: text, from: text, to: text, out: { ...text, default: 'data' } };
    const { values } = parseArgs({ args: [...args], options });
    const [base, quote] = marketOf(values.symbol);
    const from = timeOf('--from', values.from).start;
    const to = timeOf('--to', values.to).end;
    if (from >= to) throw new Error('--from must be before --to.');
    return { base, quote, interval: intervalOf(values.interval), from, to, directory: values.out };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\nUsage: ${USAGE}`, 2);
  }
}

function marketOf(text: string | undefined): [string, string] {
  const [, base, quote] = /^([A-Z0-9]{1,20})\/(USDT)$/i.exec(text ?? '') ?? [];
  if (!base || !quote) {
    const given = text === undefined ? '' : `, not "${text}"`;
    throw new Error(`--symbol must be a market of Binance against USDT such as BTC/USDT${given}.`);
  }
  return [base.toUpperCase(), quote.toUpperCase()];
}

function intervalOf(text: string | undefined): CandleInterval {
  const intervals = Object.keys(CANDLE_INTERVAL_MS);
  if (text === undefined || !intervals.includes(text)) throw new Error(`--interval must be ${intervals.join(' or ')}.`);
  return text as CandleInterval;
}

function timeOf(name: string, text: string | undefined): { start: Date; end: Date } {
  const time = readDate(text ?? '');
  if (!time) throw new Error(`${name} must be a day such as 2024-01-31 or a moment such as 2024-01-31T12:00Z.`);
  return time;
}

import { SingleBar } from 'cli-progress';
import { BinanceSpot } from '../market-data/live/exchanges/binance-spot.js';
import { downloadCandles, type CandleDownload, DownloadRefused } from '../market-data/csv/download-candles.js';
import { CANDLE_INTERVAL_MS } from '../market-data/market-data-source.js';
import { checkCandleFile } from '../market-data/csv/check-candle-files.js';
import { StartError } from '../platform/config/start-error.js';
import { ApiFailure } from '../registry/apis/calls/api-failure.js';
import { spanText } from '../registry/apis/calls/retry-after.js';
import type { Environment } from '../platform/config/environment.js';
import { checkText, isUsable } from './print-candle-check.js';
import { withLiveMarket } from './open-live-market.js';

/** `conclave data:download`: candles of Binance into a file that `npm run replay` reads. */
export async function run(wanted: CandleDownload, environment: Environment): Promise<void> {
  try {
    const { file, added } = await download(wanted, environment);
    const check = await checkCandleFile(file, wanted.interval);
    process.stdout.write(`${added} candles added to ${file}\n${checkText(check)}`);
    if (!isUsable(check)) process.exitCode = 1;
  } catch (error) {
    if (error instanceof DownloadRefused) throw new StartError(error.message, 2);
    if (!(error instanceof ApiFailure)) throw error;
    if (error.code === 'refused') {
      const { base, quote } = wanted;
      throw new StartError(`${error.message} Look whether Binance has a market ${base}/${quote}.`);
    }
    throw new StartError(`${error.message} What has come is kept: the same command goes on from there.`);
  }
}

async function download(wanted: CandleDownload, environment: Environment): Promise<{ file: string; added: number }> {
  const lengthMs = CANDLE_INTERVAL_MS[wanted.interval];
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% {value}/{total} candles, {eta_formatted} left',
    // Before the first page it is no number.
    formatTime: (seconds) => (Number.isFinite(seconds) ? spanText(seconds) : 'some time'),
  });
  bar.start(Math.ceil((wanted.to.getTime() - wanted.from.getTime()) / lengthMs), 0);
  try {
    return await withLiveMarket(environment, ({ client, clock }) => {
      const binance = new BinanceSpot(client, clock);
      return downloadCandles(
        wanted,
        (since, limit) => binance.history(wanted.base, wanted.interval, since, limit),
        (doneMs) => bar.update(Math.floor(doneMs / lengthMs)),
      );
    });
  } finally {
    bar.stop();
  }
}

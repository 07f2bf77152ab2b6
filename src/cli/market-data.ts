import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { checkCandleFile, checkCandleFiles, type CandleFileCheck } from '../market-data/csv/check-candle-files.js';
import { CsvDataError } from '../market-data/csv/csv-table.js';
import { downloadCandles, DownloadRefused, type CandleDownload } from '../market-data/csv/download-candles.js';
import { BinanceSpot } from '../market-data/live/exchanges/binance-spot.js';
import { probeLive, type ProbeRow } from '../market-data/live/probe.js';
import { CANDLE_INTERVAL_MS } from '../market-data/market-data-source.js';
import type { Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { ApiFailure } from '../registry/apis/calls/api-call.js';
import { spanText } from '../registry/apis/calls/retry-after.js';
import { withLiveMarket } from './open-live-market.js';

/**
 * `conclave probe:live`: queries every live source once, with the addresses, keys and limits of the registry. Prints
 * the newest values, then each problem with its meaning and remedy. Exit code 1 when a source gave no value.
 */
export async function probe(environment: Environment): Promise<void> {
  const rows = await withLiveMarket(environment, ({ client, clock }) => probeLive(client, clock));
  process.stdout.write(`${probeText(rows)}\n`);
  if (rows.some(({ problem }) => problem !== null)) process.exitCode = 1;
}

function probeText(rows: readonly ProbeRow[]): string {
  const table = new Table({
    head: ['tool', 'API', 'newest value', 'observed at', 'ms', 'problem'],
    style: { head: [], border: [], compact: true },
  });
  for (const { tool, api, value, observedAt, milliseconds, problem } of rows) {
    table.push([tool, api, value ?? '', observedAt ?? '', milliseconds, problem?.code ?? '']);
  }
  return [table.toString(), ...problemLines(rows)].join('\n');
}

/** Lists each problem once with its tools: an API that fails, fails for all of its tools. */
function problemLines(rows: readonly ProbeRow[]): string[] {
  const toolsByMessage = new Map<string, string[]>();
  for (const { tool, problem } of rows) {
    if (!problem?.message) continue;
    toolsByMessage.set(problem.message, [...(toolsByMessage.get(problem.message) ?? []), tool]);
  }
  const lines = [...toolsByMessage].flatMap(([message, tools]) => ['', message, `  so without: ${tools.join(', ')}`]);
  return lines.length === 0 ? [] : [...lines, '', 'What the codes mean and what to do about them: docs/market-data.md'];
}

/** `conclave data:download`: downloads candles of Binance into a file that `npm run replay` reads. */
export async function downloadHistory(wanted: CandleDownload, environment: Environment): Promise<void> {
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
    // Infinite or NaN before the first page.
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

/**
 * `conclave data:check DIR`: reports gaps, duplicates and impossible candles. Exit code 1 for a folder that `replay`
 * refuses.
 */
export async function checkHistory(directory: string): Promise<void> {
  const checks = await checkCandleFiles(directory).catch((error: unknown) => {
    throw error instanceof CsvDataError ? new StartError(error.message, 2) : error;
  });
  process.stdout.write(checks.map(checkText).join(''));
  if (!checks.every(isUsable)) process.exitCode = 1;
}

/** Findings printed per kind. */
const SHOWN = 10;

/** Whether `replay` accepts the file. Gaps are allowed. */
function isUsable({ candles, duplicates, impossible }: CandleFileCheck): boolean {
  return candles > 0 && duplicates.length === 0 && impossible.length === 0;
}

function checkText(check: CandleFileCheck): string {
  const { file, candles, span, gaps, duplicates, impossible } = check;
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const from = span ? ` from ${timeText(span.first)} to ${timeText(span.last)}` : '';
  const lines = [
    `${file}: ${candles} candles${from}, ${missing} missing in ${gaps.length} gaps, ${duplicates.length} duplicates, ${impossible.length} impossible rows`,
    ...some(gaps.map((gap) => `gap of ${gap.missing} from ${timeText(gap.from)}`)),
    ...some(duplicates),
    ...some(impossible),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function some(findings: readonly string[]): string[] {
  const shown = findings.slice(0, SHOWN).map((finding) => `  ${finding}`);
  return findings.length > SHOWN ? [...shown, `  and ${findings.length - SHOWN} more`] : shown;
}

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}

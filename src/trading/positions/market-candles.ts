import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { Candle } from '../../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../../market-data/market-data-source.js';
import type { Toolbox } from '../../market-data/toolbox.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { CandleStore, type CandleProgress, type FoundGap, type OpenGap } from './candle.store.js';
import type { MonitoredMarket } from './monitored-position.store.js';

const HOUR_MS = CANDLE_INTERVAL_MS['1h'];
/** Candles of one request: 9 days of 15 minutes, 37 days of hours. No source returns many more. */
const MOST_CANDLES = 900;
/** While 15-minute candles are unavailable, hourly ones replace them only after this time. */
const WAIT_FOR_QUARTERS_MS = 2 * HOUR_MS;
/** A missing candle that arrives within this time is still examined; after it, the candle is given up. */
export const GAP_LIMIT_MS = 6 * HOUR_MS;

const OUTCOMES = ['found', 'examined', 'given_up'] as const;

export interface CandleScan {
  /** Late arrivals first, then the new ones, each in the order of their closes. */
  readonly candles: readonly Candle[];
  /** These candles leave no gap before this time. Later funding hours wait: a missing candle may have stopped a position. */
  readonly settleUntil: Date;
  /** Written after the candles are examined; null: no change. */
  readonly progress: CandleProgress | null;
}

interface Part {
  readonly lengthMs: number;
  /** Start of the requested span, ms. */
  readonly from: number;
  readonly candles: readonly Candle[];
}

/** Tracks the candles of a market: each is examined once, and a missing one is recorded and logged. */
@Injectable()
export class MarketCandles {
  private readonly gaps: Counter<'outcome'>;

  constructor(
    private readonly store: CandleStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) { registry }: Pick<Metrics, 'registry'>,
  ) {
    this.gaps = new Counter({
      name: 'conclave_candle_gaps_total',
      help: 'Candles that were missing when stops were looked at, and what became of them',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const outcome of OUTCOMES) this.gaps.inc({ outcome }, 0);
  }

  /** Reads the candles after the last examined one, and late arrivals. */
  async scan(market: MonitoredMarket, toolbox: Toolbox): Promise<CandleScan> {
    const { oldestLevels, examinedUntil, gaps } = await this.store.state(market);
    if (!oldestLevels) return { candles: [], settleUntil: toolbox.at, progress: null };
    const now = toolbox.at.getTime();
    const examined = examinedUntil?.getTime() ?? 0;
    const open = gaps.filter(({ foundAt }) => now - foundAt.getTime() <= GAP_LIMIT_MS);
    const givenUp = gaps.filter((gap) => !open.includes(gap)).map(({ opensAt }) => opensAt);
    // A candle that begins before the oldest stops affects no position.
    const since = Math.max(examined, oldestLevels.getTime());
    const parts = await candlesSince(toolbox, market.symbol, Math.min(since, open[0]?.opensAt.getTime() ?? since));
    const newest = Math.max(since, ...parts.map(({ candles }) => candles.at(-1)?.closeTime ?? 0));
    const isNew = ({ closeTime }: Candle): boolean => closeTime > since;
    const all = parts.flatMap(({ candles }) => candles);
    const late = all.filter(
      (candle) => !isNew(candle) && open.some((gap) => gap.opensAt.getTime() === candle.openTime),
    );
    const found = gapsIn(parts, since, since === examined, newest);
    const waiting = [
      ...open.filter((gap) => !late.some(({ openTime }) => openTime === gap.opensAt.getTime())),
      ...found,
    ];
    const firstGap = Math.min(...waiting.filter(isWaited).map(({ opensAt }) => opensAt.getTime()));
    const arrived = late.map(({ openTime }) => new Date(openTime));
    const changes = newest > examined || arrived.length > 0 || givenUp.length > 0 || found.length > 0;
    return {
      candles: [...late, ...all.filter(isNew)],
      settleUntil: new Date(Math.min(newest, firstGap)),
      progress: changes ? { examinedUntil: new Date(newest), found, examined: arrived, givenUp } : null,
    };
  }

  async markExamined(market: MonitoredMarket, { progress }: CandleScan, now: Date): Promise<void> {
    if (!progress) return;
    await this.store.advance(market, progress, now);
    const { found, examined, givenUp } = progress;
    const lost = found.filter(({ isLost }) => isLost);
    this.gaps.inc({ outcome: 'found' }, found.length);
    this.gaps.inc({ outcome: 'examined' }, examined.length);
    this.gaps.inc({ outcome: 'given_up' }, givenUp.length + lost.length);
    if (found.length > 0) this.logger.warn({ ...market, gaps: found }, 'candles missing: stops not checked in them');
    if (givenUp.length > 0) this.logger.warn({ ...market, gaps: givenUp }, 'candles given up: they did not arrive');
  }
}

function isWaited(gap: OpenGap | FoundGap): boolean {
  return !('isLost' in gap && gap.isLost);
}

/** Candles closed since a time: 15-minute ones, preceded by hourly ones where 15-minute candles do not reach. */
async function candlesSince(toolbox: Toolbox, symbol: string, since: number): Promise<Part[]> {
  const quarters = await newestOf(toolbox, symbol, '15m', since);
  if (!quarters) return [];
  if (quarters.part) {
    const { from, candles } = quarters.part;
    if (from <= since) return [quarters.part];
    const border = Math.ceil(from / HOUR_MS) * HOUR_MS;
    const hours = await newestOf(toolbox, symbol, '1h', since);
    const finer = { ...quarters.part, from: border, candles: candles.filter(({ openTime }) => openTime >= border) };
    if (!hours?.part) return [finer];
    return [{ ...hours.part, candles: hours.part.candles.filter(({ closeTime }) => closeTime <= border) }, finer];
  }
  if (quarters.isAway && toolbox.at.getTime() - since <= WAIT_FOR_QUARTERS_MS) return [];
  const hours = await newestOf(toolbox, symbol, '1h', since);
  return hours?.part ? [hours.part] : [];
}

/** Null: no candle can have closed since then. `part` is null without candles; `isAway`: the source may have them later. */
async function newestOf(
  toolbox: Toolbox,
  symbol: string,
  interval: CandleInterval,
  since: number,
): Promise<{ readonly part: Part | null; readonly isAway: boolean } | null> {
  const lengthMs = CANDLE_INTERVAL_MS[interval];
  const last = Math.floor(toolbox.at.getTime() / lengthMs);
  const count = Math.min(last - Math.floor(since / lengthMs), MOST_CANDLES);
  if (count <= 0) return null;
  const { value, absent } = await toolbox.candles(symbol, interval, count);
  if (value === null) return { part: null, isAway: absent !== 'no_data' && absent !== 'too_old' };
  return { part: { lengthMs, from: (last - count) * lengthMs, candles: value }, isAway: false };
}

/**
 * The candles missing between `since` and the newest one, and as one lost gap the time before the requested span.
 * @param isExamined whether `since` is the close of a candle; otherwise the candle around it is ignored.
 */
function gapsIn(parts: readonly Part[], since: number, isExamined: boolean, newest: number): FoundGap[] {
  const [first] = parts;
  if (!first || newest <= since) return [];
  const gaps: FoundGap[] = [];
  const lostUntil = first.from;
  if (lostUntil > since) gaps.push({ opensAt: new Date(since), closesAt: new Date(lostUntil), isLost: true });
  for (const [index, { lengthMs, from, candles }] of parts.entries()) {
    const end = parts[index + 1]?.from ?? newest;
    const present = new Set(candles.map(({ openTime }) => openTime));
    const round = isExamined ? Math.floor : Math.ceil;
    const start = Math.max(from, round(since / lengthMs) * lengthMs);
    for (let opens = start; opens + lengthMs <= end; opens += lengthMs) {
      if (present.has(opens)) continue;
      gaps.push({ opensAt: new Date(opens), closesAt: new Date(opens + lengthMs), isLost: false });
    }
  }
  return gaps;
}

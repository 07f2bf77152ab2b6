import type { Candle, MarketSnapshot, ObservedPrice, ObservedValue } from '../domain/market/market-snapshot.js';
import { maxCandleAgeMs, type CandleReading } from './freshness.js';
import { MarketDataUnavailable } from './market-data-errors.js';
import type { Toolbox } from './toolbox.js';
import { CANDLE_HISTORY_COUNT, SERIES_HISTORY_DAYS } from './tools/market-tool.js';
import type { SeriesToolName } from './tools/market-tool.js';

const DAY_MS = 24 * 60 * 60_000;

/**
 * The market at the toolbox's time, as decisions read it. Absent values other than the price are null.
 *
 * @throws MarketDataUnavailable when there is no price.
 */
export async function snapshotOf(symbol: string, toolbox: Toolbox): Promise<MarketSnapshot> {
  // In parallel, so that several unresponsive sources cost one timeout, not one each.
  const [price, candles, fearGreed, dxy] = await Promise.all([
    priceIn(toolbox, symbol),
    toolbox.candles(symbol, '1h', CANDLE_HISTORY_COUNT),
    newestOf(toolbox, 'get_fear_greed'),
    newestOf(toolbox, 'get_dxy'),
  ]);
  return {
    market: toolbox.market,
    symbol,
    taken_at: toolbox.at.toISOString(),
    price,
    change_24h_percent: change24h(candles.value ?? [], price, toolbox.at),
    hour_volume: hourVolumeOf(candles),
    fear_greed: fearGreed,
    dxy,
  };
}

/** @throws MarketDataUnavailable when there is no price. */
export async function priceIn(toolbox: Toolbox, symbol: string): Promise<ObservedPrice> {
  const price = await toolbox.price(symbol);
  if (price.absent !== null) throw new MarketDataUnavailable(symbol, price.absent);
  return price.value;
}

async function newestOf(toolbox: Toolbox, tool: SeriesToolName): Promise<ObservedValue | null> {
  const reading = await toolbox.series(tool, SERIES_HISTORY_DAYS);
  return reading.value?.at(-1) ?? null;
}

/** Volume of the last closed hour, in base units; null if unknown. */
export async function hourVolumeIn(toolbox: Toolbox, symbol: string): Promise<ObservedValue | null> {
  return hourVolumeOf(await toolbox.candles(symbol, '1h', CANDLE_HISTORY_COUNT));
}

function hourVolumeOf(candles: CandleReading): ObservedValue | null {
  if (candles.absent !== null) return null;
  const { volume, closeTime } = candles.value.at(-1)!;
  return { value: volume, source: candles.source, observed_at: new Date(closeTime).toISOString() };
}

/**
 * Change against the close of the 1-hour candle that closed 24 hours before the run. Null if that candle and the one
 * before are missing, by the age rule for candles.
 */
function change24h(candles: readonly Candle[], price: ObservedPrice, at: Date): ObservedValue | null {
  const dayBefore = at.getTime() - DAY_MS;
  const base = candles.findLast((candle) => candle.closeTime <= dayBefore);
  if (!base || dayBefore - base.closeTime > maxCandleAgeMs('1h')) return null;
  return {
    value: (Number(price.value) / base.close - 1) * 100,
    source: price.source,
    observed_at: price.observed_at,
  };
}

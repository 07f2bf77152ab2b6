import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Writes a history of so many days from `first` on (ms, midnight UTC): a bitcoin price that rises, falls and rises again,
 * and the daily series that agents need.
 */
export function writeHistory(folder: string, first: number, days: number): void {
  mkdirSync(folder, { recursive: true });
  const candles = ['timestamp_ms,open,high,low,close,volume'];
  let open = 40_000;
  for (let hour = 0; hour < days * 24; hour++) {
    const close = Math.round((40_000 + 4000 * Math.sin(hour / 60) + 8 * hour) * 100) / 100;
    candles.push(
      [first + hour * HOUR_MS, open, Math.max(open, close) + 20, Math.min(open, close) - 20, close, 10].join(','),
    );
    open = close;
  }
  writeFileSync(join(folder, 'btcusdt_1h_test.csv'), `${candles.join('\n')}\n`);
  const mood = ['date,value,value_classification,timestamp_s'];
  const macro = [
    'date,price,volume,vix,dxy,fng,hashrate,difficulty,active_addresses,fees_btc,tx_count,funding_mean,funding_abs',
  ];
  for (let day = 0; day < days; day++) {
    const at = first + day * DAY_MS;
    const date = new Date(at).toISOString().slice(0, 10);
    mood.push(`${date},${50 + (day % 20)},Neutral,${at / 1000}`);
    macro.push(`${date},40000,1,${15 + (day % 5)},${102 - day / 20},50,${5e8 + day * 1e6},${7e13},,,,,`);
  }
  writeFileSync(join(folder, 'fear_greed_daily_test.csv'), `${mood.join('\n')}\n`);
  writeFileSync(join(folder, 'macro_onchain_sentiment_daily_test.csv'), `${macro.join('\n')}\n`);
}

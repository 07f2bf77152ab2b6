import type { CandleInterval } from '../../market-data/market-data-source.js';
import type { TaFactor } from '../ta/ta-factors.js';

/** A factor of closed candles of one length. */
export interface MomentumFactor extends TaFactor {
  readonly interval: CandleInterval;
}

/** Trend, momentum and timing; of .7 for the 1-hour and .3 for the 15-minute candles. */
export const MOMENTUM_FACTORS: readonly MomentumFactor[] = [
  ...factorsOf('1h', { trend: 0.3, momentum: 0.25, timing: 0.15 }),
  ...factorsOf('15m', { trend: 0.13, momentum: 0.1, timing: 0.07 }),
];

function factorsOf(
  interval: CandleInterval,
  weights: { readonly trend: number; readonly momentum: number; readonly timing: number },
): MomentumFactor[] {
  const common = { interval, tool: 'get_candles' } as const;
  return [
    {
      ...common,
      name: `trend_${interval}`,
      description: `EMA 20 minus EMA 50 of ${interval} candles: the direction. The faster one above is good.`,
      unit: 'ATR',
      weight: weights.trend,
      direction: 'higher_is_bullish',
      normalisation: [
        [-2, -1],
        [0, 0],
        [2, 1],
      ],
      candlesNeeded: 150,
      read: ({ ema20, ema50, atr14 }) => inRanges(ema20 === null || ema50 === null ? null : ema20 - ema50, atr14),
    },
    {
      ...common,
      name: `momentum_${interval}`,
      description: `MACD 12/26 minus its signal line 9 of ${interval} candles: whether the movement gains speed. Above 0 is good.`,
      unit: 'ATR',
      weight: weights.momentum,
      direction: 'higher_is_bullish',
      normalisation: [
        [-0.5, -1],
        [0, 0],
        [0.5, 1],
      ],
      candlesNeeded: 105,
      read: ({ macdHistogram, atr14 }) => inRanges(macdHistogram, atr14),
    },
    {
      ...common,
      name: `timing_${interval}`,
      description: `RSI 14 (Wilder) of ${interval} candles. Strength is good up to 70 and late above; weakness is bad down to 30, below it is late for a short.`,
      unit: '0..100',
      weight: weights.timing,
      direction: 'turning',
      normalisation: [
        [0, 0.2],
        [15, 0],
        [30, -1],
        [50, 0],
        [70, 1],
        [85, 0],
        [100, -0.2],
      ],
      candlesNeeded: 84,
      read: ({ rsi14 }) => rsi14,
    },
  ];
}

/** In a market that does not move at all there is no range and no distance. */
function inRanges(distance: number | null, range: number | null): number | null {
  if (distance === null || range === null) return null;
  return range > 0 ? distance / range : 0;
}

import { describe, expect, it } from '@jest/globals';
import { Money } from '../money/decimal.js';
import { exitOn, type Protected, trailedStop, observedAt, type Observation } from './exits.js';

const OPENED = new Date('2026-01-15T12:00:00Z');
const HOUR_MS = 3_600_000;

interface Given {
  readonly stop?: number | null;
  readonly target?: number | null;
  readonly liquidation?: number | null;
  readonly expiresAt?: Date | null;
}

/** Entered at 100, one R is 10. */
function position(side: 'long' | 'short', given: Given = {}): Protected {
  const mirrored = (price: number) => (side === 'long' ? price : 200 - price);
  const { stop = mirrored(90), target = mirrored(120), liquidation = mirrored(70), expiresAt = null } = given;
  const money = (price: number | null) => (price === null ? null : new Money(price));
  return {
    side,
    entryPrice: new Money(100),
    liquidationPrice: money(liquidation),
    levels: {
      stopLoss: money(stop),
      takeProfit: money(target),
      stopDistance: new Money(10),
      expiresAt,
      levelsSince: OPENED,
    },
  };
}

function candle(open: number, high: number, low: number, close: number, hours = 1): Observation {
  const from = new Date(OPENED.getTime() + hours * HOUR_MS);
  const until = new Date(from.getTime() + HOUR_MS);
  return { open: new Money(open), high: new Money(high), low: new Money(low), close: new Money(close), from, until };
}

function price(value: number, hours = 1): Observation {
  return observedAt(new Money(value), new Date(OPENED.getTime() + hours * HOUR_MS));
}

function shown(exit: ReturnType<typeof exitOn>): string | null {
  return exit && `${exit.kind} ${exit.price.toFixed()}${exit.isResting ? ' resting' : ''}`;
}

describe('an exit', () => {
  it.each<[string, 'long' | 'short', Observation, string | null]>([
    ['a price between the levels', 'long', price(95), null],
    ['a price at the stop', 'long', price(90), 'stop_loss 90'],
    ['a price below the stop fills at that worse price', 'long', price(88), 'stop_loss 88'],
    ['a price at the target', 'long', price(120), 'take_profit 120 resting'],
    ['a price above the target fills at the target', 'long', price(131), 'take_profit 120 resting'],
    ['a price below the liquidation price', 'long', price(69), 'liquidation 69'],
    ['a short: a price between the levels', 'short', price(105), null],
    ['a short: a price at the stop', 'short', price(110), 'stop_loss 110'],
    ['a short: a price above the stop', 'short', price(113), 'stop_loss 113'],
    ['a short: a price at the target', 'short', price(80), 'take_profit 80 resting'],
    ['a short: a price above the liquidation price', 'short', price(131), 'liquidation 131'],
    ['a candle between the levels', 'long', candle(100, 119, 91, 110), null],
    ['a candle that reaches the stop', 'long', candle(100, 105, 89, 95), 'stop_loss 90'],
    ['a candle that just touches the stop', 'long', candle(100, 105, 90, 95), 'stop_loss 90'],
    ['a candle that reaches the target', 'long', candle(100, 121, 99, 110), 'take_profit 120 resting'],
    ['a candle that touches both counts as the stop', 'long', candle(100, 125, 89, 120), 'stop_loss 90'],
    ['a candle that opens above the target and falls to the stop', 'long', candle(125, 126, 89, 95), 'stop_loss 90'],
    ['a gap through the stop fills at the open, which is worse', 'long', candle(85, 99, 80, 95), 'stop_loss 85'],
    ['a fall through stop and liquidation is a stop', 'long', candle(100, 101, 60, 65), 'stop_loss 90'],
    ['a gap through stop and liquidation is a liquidation', 'long', candle(65, 99, 60, 90), 'liquidation 65'],
    ['a short: a candle that touches both', 'short', candle(100, 111, 75, 80), 'stop_loss 110'],
    ['a short: a gap through the stop', 'short', candle(116, 120, 100, 101), 'stop_loss 116'],
    ['a short: a rise through stop and liquidation', 'short', candle(100, 140, 99, 135), 'stop_loss 110'],
    ['a short: a gap through both', 'short', candle(135, 140, 99, 100), 'liquidation 135'],
  ])('%s', (_what, side, observation, expected) => {
    expect(shown(exitOn(position(side), observation))).toBe(expected);
  });

  it('is the liquidation when that is nearer than the stop', () => {
    const long = position('long', { stop: 80, liquidation: 85 });
    expect(shown(exitOn(long, candle(100, 101, 70, 75)))).toBe('liquidation 85');
    const short = position('short', { stop: 120, liquidation: 115 });
    expect(shown(exitOn(short, candle(100, 130, 99, 125)))).toBe('liquidation 115');
  });

  it('is no liquidation exactly at the liquidation price, or without one', () => {
    expect(exitOn(position('long', { stop: null }), price(70))).toBeNull();
    expect(exitOn(position('long', { stop: null, liquidation: null }), price(1))).toBeNull();
  });

  it('is the time stop at the close once it is due, unless another exit applies', () => {
    const expiresAt = new Date(OPENED.getTime() + 24 * HOUR_MS);
    const aged = position('long', { expiresAt });
    expect(exitOn(aged, price(101, 23.9))).toBeNull();
    expect(shown(exitOn(aged, price(101, 24)))).toBe('time_stop 101');
    expect(shown(exitOn(aged, candle(100, 103, 97, 102, 23)))).toBe('time_stop 102');
    expect(exitOn(aged, candle(100, 103, 97, 102, 22))).toBeNull();
    expect(shown(exitOn(aged, price(89, 24)))).toBe('stop_loss 89');
  });

  it('ignores candles that began before the position or its stop', () => {
    expect(exitOn(position('long'), candle(100, 130, 50, 90, -1))).toBeNull();
    expect(exitOn(position('long'), candle(100, 130, 50, 90, -0.5))).toBeNull();
    expect(shown(exitOn(position('long'), candle(100, 101, 50, 90, 0)))).toBe('stop_loss 90');
  });

  it('of a stop that has moved is a trailing stop', () => {
    expect(shown(exitOn(position('long', { stop: 100 }), price(99)))).toBe('trailing_stop 99');
    expect(shown(exitOn(position('short', { stop: 95 }), candle(90, 96, 89, 92)))).toBe('trailing_stop 95');
  });
});

describe('the trailing stop', () => {
  it.each<[string, 'long' | 'short', Observation, string | undefined]>([
    ['below +1 R nothing', 'long', price(109.99), undefined],
    ['at +1 R to the entry', 'long', price(110), '100'],
    ['at +1.5 R to entry + .5 R', 'long', price(115), '105'],
    ['at +2 R to entry + 1 R', 'long', price(120), '110'],
    ['beyond no further', 'long', price(150), '110'],
    ['by the best price of a candle', 'long', candle(100, 116, 95, 97), '105'],
    ['a short at +1 R', 'short', price(90), '100'],
    ['a short at +1.5 R', 'short', candle(100, 101, 85, 99), '95'],
    ['a short at +2 R', 'short', price(80), '90'],
  ])('moves: %s', (_what, side, observation, stop) => {
    expect(trailedStop(position(side), observation)?.toFixed()).toBe(stop);
  });

  it('never moves back', () => {
    expect(trailedStop(position('long', { stop: 105 }), price(111))).toBeNull();
    expect(trailedStop(position('long', { stop: 105 }), price(115))).toBeNull();
    expect(trailedStop(position('short', { stop: 90 }), price(84))).toBeNull();
  });

  it('ignores candles that began before the present stop, and needs an R', () => {
    expect(trailedStop(position('long'), candle(100, 130, 95, 97, -0.5))).toBeNull();
    const without = position('long');
    expect(trailedStop({ ...without, levels: { ...without.levels, stopDistance: null } }, price(150))).toBeNull();
  });
});

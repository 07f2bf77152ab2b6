import { describe, expect, it } from '@jest/globals';
import { floorToPeriod, missedTicks } from './clock.js';

const at = (time: string) => new Date(`2024-03-31T${time}Z`);
const times = (ticks: readonly Date[]) => ticks.map((tick) => tick.toISOString().slice(11, 16));

describe('the tick of a time', () => {
  it.each([
    ['10:17:23.456', 10, '10:10'],
    ['10:20:00.000', 10, '10:20'],
    ['10:19:59.999', 10, '10:10'],
    ['10:17:00.000', 1, '10:17'],
    ['23:59:59.999', 1440, '00:00'],
  ])('%s with a period of %d minutes is %s', (time, period, tick) => {
    expect(times([floorToPeriod(at(time), period)])).toEqual([tick]);
  });

  it('lies on whole periods since the epoch when the period does not divide the day', () => {
    // 1711880220000 ms = 28531337 min; 28531337 / 7 = 4075905.28...: 4075905 * 7 min = 28531335
    const tick = floorToPeriod(new Date(1711880220000), 7);
    expect(tick.getTime()).toBe(28531335 * 60_000);
  });

  it('is correct before the epoch', () => {
    expect(floorToPeriod(new Date('1969-12-31T23:55:00Z'), 10).toISOString()).toBe('1969-12-31T23:50:00.000Z');
  });

  it.each([0, -1, 1.5, Number.NaN])('throws for a period of %d minutes', (period) => {
    expect(() => floorToPeriod(at('10:00:00'), period)).toThrow(RangeError);
    expect(() => missedTicks(at('09:00:00'), at('10:00:00'), period, 5)).toThrow(RangeError);
  });
});

describe('missed ticks', () => {
  it('are those between the last and the current one, ascending', () => {
    expect(times(missedTicks(at('10:00:00'), at('10:40:00'), 10, 100))).toEqual(['10:10', '10:20', '10:30']);
  });

  it('are none after the previous tick, the current tick, or without a last tick', () => {
    expect(missedTicks(at('10:30:00'), at('10:40:00'), 10, 100)).toEqual([]);
    expect(missedTicks(at('10:40:00'), at('10:40:00'), 10, 100)).toEqual([]);
    expect(missedTicks(at('10:50:00'), at('10:40:00'), 10, 100)).toEqual([]);
    expect(missedTicks(null, at('10:40:00'), 10, 100)).toEqual([]);
  });

  it('are the latest ones beyond the limit', () => {
    expect(times(missedTicks(at('00:00:00'), at('10:40:00'), 10, 2))).toEqual(['10:20', '10:30']);
  });

  it('lie on the present period after it has changed', () => {
    expect(times(missedTicks(at('10:07:00'), at('10:45:00'), 15, 100))).toEqual(['10:15', '10:30']);
  });

  it('end before a time between two ticks', () => {
    expect(times(missedTicks(at('10:00:00'), at('10:25:00'), 10, 100))).toEqual(['10:10', '10:20']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Money, toText } from '../../domain/money/decimal.js';
import { runWithTimeout, retryAlone } from './run-with-timeout.js';

const A = new Money('1.123456789012345678901234567890123456789');
const B = new Money('7.987654321098765432109876543210987654321');
const calculate = () => [A.mul(B), A.div(B), new Money(2).sqrt(), A.add('1e-59'), new Money('1e30').div(3)].map(toText);
const RIGHT = calculate();

/** Functions that temporarily change the precision or switch rounding off. */
const CALCULATIONS: readonly [string, (x: Money) => unknown][] = [
  ['ln', (x) => x.ln()],
  ['exp', (x) => x.div(100).exp()],
  ['pow', (x) => x.pow('1.5')],
  ['sqrt', (x) => x.sqrt()],
  ['cbrt', (x) => x.cbrt()],
  ['sin', (x) => x.sin()],
  ['atan', (x) => x.atan()],
  ['log', (x) => x.log(7)],
  ['toFraction', (x) => x.sqrt().toFraction()],
];

describe('decimal arithmetic after an interrupted calculation', () => {
  it.each(CALCULATIONS)('is as correct as before: %s', (_name, calculation) => {
    for (let times = 0; times < 10; times += 1) {
      const ended = runWithTimeout(2 + times, () => {
        for (let x = 2; ; x += 1) calculation(new Money(x));
      });
      expect(ended).toBe(false);
      expect(calculate()).toEqual(RIGHT);
    }
  });
});

describe('retryAlone', () => {
  it('fails work that uses up the processor time', () => {
    const hangs = () => {
      for (;;);
    };
    expect(retryAlone(50, hangs)).toBe(false);
  });

  it('retries work that was denied the processor', () => {
    let tries = 0;
    const slept = () => {
      tries += 1;
      if (tries < 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    };
    expect(retryAlone(50, slept)).toBe(true);
    expect(tries).toBe(3);
  });

  it('fails such work after its last try', () => {
    const sleeps = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    expect(retryAlone(50, sleeps)).toBe(false);
  });
});

/**
 * Formats decimal strings of the API. Digits are moved as text, never through floating point, so that every figure is
 * exactly the one in the answer.
 */
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

interface Digits {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/** @throws RangeError for anything but a plain decimal. */
function digitsOf(text: string): Digits {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`Not a decimal: ${text}`);
  return { negative: match[1] === '-', whole: match[2] ?? '0', fraction: match[3] ?? '' };
}

function plain({ negative, whole, fraction }: Digits): string {
  const left = whole.replace(/^0+(?=\d)/, '');
  const isZero = /^0*$/.test(left + fraction);
  return `${negative && !isZero ? '-' : ''}${left}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Rounds half away from zero, as the server does, to `places` decimal places. */
export function roundDecimal(text: string, places: number): string {
  const { negative, whole, fraction } = digitsOf(text);
  const kept = fraction.slice(0, places).padEnd(places, '0');
  const up = (fraction[places] ?? '0') >= '5' ? 1n : 0n;
  const units = (BigInt(whole + kept) + up).toString().padStart(places + 1, '0');
  const split = units.length - places;
  return plain({ negative, whole: units.slice(0, split), fraction: units.slice(split) });
}

/** Removes trailing zeros. */
export function trimDecimal(text: string): string {
  const { negative, whole, fraction } = digitsOf(text);
  return plain({ negative, whole, fraction: fraction.replace(/0+$/, '') });
}

/** Multiplies by 10^places: `shiftDecimal(text, 2)` turns a fraction into a percentage. */
export function shiftDecimal(text: string, places: number): string {
  const { negative, whole, fraction } = digitsOf(text);
  const padded = fraction.padEnd(places, '0');
  return plain({ negative, whole: whole + padded.slice(0, places), fraction: padded.slice(places) });
}

/** -1, 0 or 1. */
export function signOf(text: string): -1 | 0 | 1 {
  const { negative, whole, fraction } = digitsOf(text);
  if (/^0*$/.test(whole + fraction)) return 0;
  return negative ? -1 : 1;
}

/** A JSON number as a plain decimal with at most 12 places; money is never a number. */
export function decimalOf(value: number): string {
  return trimDecimal(value.toFixed(12));
}

export interface DecimalFormat {
  /** Exact number of decimal places. */
  readonly places?: number;
  /** Prefix positive values with a plus. */
  readonly signed?: boolean;
}

/** `1234567.5` -> `1,234,567.50`, with U+2212 as minus so that columns line up. */
export function formatDecimal(text: string, { places, signed = false }: DecimalFormat = {}): string {
  const value = places === undefined ? trimDecimal(text) : roundDecimal(text, places);
  const { negative, whole, fraction } = digitsOf(value);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = negative ? '−' : signed && signOf(value) > 0 ? '+' : '';
  return `${sign}${grouped}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A quantity in base units: at most 8 places, never rounded to zero. */
export function formatQuantity(text: string): string {
  const rounded = roundDecimal(text, 8);
  return signOf(rounded) === 0 && signOf(text) !== 0 ? formatDecimal(text) : formatDecimal(rounded);
}

/** A price: 2 decimal places from 1 upwards, 8 below. */
export function formatPrice(text: string): string {
  return /^0*\./.test(text) || /^0+(\.|$)/.test(text)
    ? formatDecimal(roundDecimal(text, 8))
    : formatDecimal(text, { places: 2 });
}

/** 0.1 -> `10.00 %`. */
export function formatFraction(value: number, { places = 2, signed = false }: DecimalFormat = {}): string {
  return `${formatDecimal(shiftDecimal(decimalOf(value), 2), { places, signed })} %`;
}

/** 0.979 percent -> `+0.98 %`. */
export function formatPercent(value: number, { places = 2, signed = true }: DecimalFormat = {}): string {
  return `${formatDecimal(decimalOf(value), { places, signed })} %`;
}

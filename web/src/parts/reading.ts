import type { TFunction } from 'i18next';
import { decimalOf, formatDecimal, formatFraction, formatPercent } from '../format/decimal.js';

/** The value of a factor in its unit; four significant digits where the unit is not known. */
export function formatReading(t: TFunction, value: number, unit: string | undefined): string {
  switch (unit) {
    case '0..100':
      return formatDecimal(decimalOf(Number(value.toFixed(1))));
    case '%':
      return formatPercent(value);
    case '% a year':
      return t('unit.perYear', { value: formatPercent(value) });
    case 'percentage points':
      return t('unit.percentagePoints', { value: formatDecimal(decimalOf(value), { places: 2, signed: true }) });
    case 'ATR':
      return `${formatDecimal(decimalOf(value), { places: 2, signed: true })} ATR`;
    case 'fraction of the band':
      return formatFraction(value, { places: 0 });
    case 'fraction per 8 hours':
      return t('unit.per8Hours', { value: formatFraction(value, { places: 4, signed: true }) });
    case 'standard deviations':
      return `${formatDecimal(decimalOf(value), { places: 2, signed: true })} σ`;
    case 'points':
    case 'ratio':
      return formatDecimal(decimalOf(value), { places: 2 });
    default:
      return formatDecimal(decimalOf(Number(value.toPrecision(4))));
  }
}

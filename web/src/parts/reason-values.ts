import { decimalOf, formatDecimal, formatFraction, formatPrice, formatQuantity } from '../format/decimal.js';

export interface ReasonView {
  readonly code: string;
  readonly [name: string]: unknown;
}

interface Names {
  agentName(name: string): string;
  inputName(name: string): string;
  sideName(name: string): string;
  signalName(name: string): string;
  /** Between the entries of a list. */
  readonly separator: string;
}

/** Fractions, shown as percentages. */
const FRACTIONS = new Set(['size', 'used_size', 'ratio']);
/** More fractions, by reason. */
const FRACTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  size_limited: ['wanted', 'used', 'minimum', 'maximum'],
  position_ratio_above_limit: ['limit'],
  position_ratio_below_limit: ['limit'],
  partially_filled: ['share'],
};

/** Formats the values of a reason for its sentence. */
export function reasonValues(reason: ReasonView, names: Names): Record<string, string> {
  const fractions = FRACTIONS_OF[reason.code] ?? [];
  const unitOf = (name: string): string =>
    reason['input'] === 'change_24h_percent' && (name === 'value' || name === 'limit') ? ' %' : '';
  const values = Object.fromEntries(
    Object.entries(reason)
      .filter(([name]) => name !== 'code')
      .map(([name, value]) => {
        const text = textOf(name, value, FRACTIONS.has(name) || fractions.includes(name), names);
        return [name, `${text}${unitOf(name)}`];
      }),
  );
  const context = sideOfLimit(reason);
  return context === null ? values : { ...values, context };
}

/** Selects the sentence of a reason with a limit: each side of the limit has its own. */
function sideOfLimit({ input, value, limit, blocked }: ReasonView): string | null {
  if (typeof input !== 'string' || typeof value !== 'number' || typeof limit !== 'number') return null;
  const side = input === 'change_24h_percent' ? 'beyond' : value < limit ? 'below' : 'above';
  return blocked === null ? `${side}_idle` : side;
}

const PRICES = new Set(['stop_loss', 'take_profit']);
const AMOUNTS = new Set(['risk', 'notional', 'affordable', 'cash']);

function textOf(name: string, value: unknown, isFraction: boolean, names: Names): string {
  if (name === 'agent' && typeof value === 'string') return names.agentName(value);
  if (name === 'input' && typeof value === 'string') return names.inputName(value);
  if (name === 'side' && typeof value === 'string') return names.sideName(value);
  if (name === 'blocked' && typeof value === 'string') return names.signalName(value);
  // Exact amounts, shortened for display.
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) {
    if (PRICES.has(name)) return formatPrice(value);
    return AMOUNTS.has(name) ? formatDecimal(value, { places: 2 }) : formatQuantity(value);
  }
  if (typeof value === 'number') return isFraction ? formatFraction(value) : rounded(value);
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value as Record<string, unknown>);
    return parts
      .map(([key, one]) => `${names.agentName(key)} ${typeof one === 'number' ? rounded(one, true) : String(one)}`)
      .join(names.separator);
  }
  return value === null ? '–' : String(value);
}

function rounded(value: number, signed = false): string {
  const digits = Math.abs(value) >= 1 || value === 0 ? 2 : 4;
  return formatDecimal(decimalOf(Number(value.toFixed(digits))), { signed });
}

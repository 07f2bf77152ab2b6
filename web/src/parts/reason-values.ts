import { decimalOf, formatDecimal, formatFraction, formatQuantity } from '../format/decimal.js';

export interface ReasonView {
  readonly code: string;
  readonly [name: string]: unknown;
}

interface Names {
  agentName(name: string): string;
  inputName(name: string): string;
  sideName(name: string): string;
  signalName(name: string): string;
}

/** What are fractions of a whole, and read as percentages. */
const FRACTIONS = new Set(['size', 'used_size', 'ratio']);
/** Reasons whose numbers named here are fractions, too. */
const FRACTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  size_limited: ['wanted', 'used', 'minimum', 'maximum'],
  position_ratio_above_limit: ['limit'],
  position_ratio_below_limit: ['limit'],
  partially_filled: ['share'],
};

/** The numbers of a reason as they stand in its sentence. */
export function reasonValues(reason: ReasonView, names: Names): Record<string, string> {
  const fractions = FRACTIONS_OF[reason.code] ?? [];
  const unitOf = (name: string): string =>
    reason['input'] === 'change_24h_percent' && (name === 'value' || name === 'limit') ? ' %' : '';
  return Object.fromEntries(
    Object.entries(reason)
      .filter(([name]) => name !== 'code')
      .map(([name, value]) => {
        const text = textOf(name, value, FRACTIONS.has(name) || fractions.includes(name), names);
        return [name, `${text}${unitOf(name)}`];
      }),
  );
}

function textOf(name: string, value: unknown, isFraction: boolean, names: Names): string {
  if (name === 'agent' && typeof value === 'string') return names.agentName(value);
  if (name === 'input' && typeof value === 'string') return names.inputName(value);
  if (name === 'side' && typeof value === 'string') return names.sideName(value);
  if (name === 'blocked' && typeof value === 'string') return names.signalName(value);
  // Amounts, exact: shown as far as anybody reads them.
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return formatQuantity(value);
  if (typeof value === 'number') return isFraction ? formatFraction(value) : rounded(value);
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value as Record<string, unknown>);
    return parts
      .map(([key, one]) => `${names.agentName(key)} ${typeof one === 'number' ? rounded(one, true) : String(one)}`)
      .join(', ');
  }
  return value === null ? '–' : String(value);
}

function rounded(value: number, signed = false): string {
  const digits = Math.abs(value) >= 1 || value === 0 ? 2 : 4;
  return formatDecimal(decimalOf(Number(value.toFixed(digits))), { signed });
}

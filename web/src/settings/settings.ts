import type { TimeZoneChoice } from '../format/time.js';

export type ThemeChoice = 'system' | 'light' | 'dark';
/** Colour of a rise: green in most markets, red in Chinese ones. */
export type RiseColour = 'green-up' | 'red-up';

/** Settings of this browser. */
export interface Settings {
  readonly theme: ThemeChoice;
  readonly zone: TimeZoneChoice;
  readonly rise: RiseColour;
}

const KEY = 'conclave.settings';
const DEFAULTS: Settings = { theme: 'system', zone: 'local', rise: 'green-up' };
const CHOICES: { readonly [Name in keyof Settings]: readonly Settings[Name][] } = {
  theme: ['system', 'light', 'dark'],
  zone: ['local', 'utc'],
  rise: ['green-up', 'red-up'],
};

/** Missing or unknown values become the default. */
export function parseSettings(text: string | null): Settings {
  const stored = parse(text);
  const choose = <Name extends keyof Settings>(name: Name): Settings[Name] =>
    CHOICES[name].find((choice) => choice === stored[name]) ?? DEFAULTS[name];
  return { theme: choose('theme'), zone: choose('zone'), rise: choose('rise') };
}

export function loadSettings(): Settings {
  return parseSettings(localStorage.getItem(KEY));
}

export function storeSettings(settings: Settings): void {
  localStorage.setItem(KEY, JSON.stringify(settings));
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Invalid JSON: fall back to the defaults.
    return {};
  }
}

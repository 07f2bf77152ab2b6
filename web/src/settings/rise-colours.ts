import { useDark } from './theme.js';
import { useSettings } from './settings-context.js';

const LIGHT = { green: '#0f7a3d', red: '#c22727' };
const DARK = { green: '#3ccb7f', red: '#ff7b72' };

/** Colours of gains and losses by setting and theme. */
export function useRiseColours(): { readonly up: string; readonly down: string } {
  const { settings } = useSettings();
  const { green, red } = useDark() ? DARK : LIGHT;
  return settings.rise === 'green-up' ? { up: green, down: red } : { up: red, down: green };
}

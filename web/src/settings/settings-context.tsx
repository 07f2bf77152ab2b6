import { createContext, useContext, useState, type ReactNode } from 'react';
import { loadSettings, storeSettings, type Settings } from './settings.js';

interface SettingsContext {
  readonly settings: Settings;
  change(part: Partial<Settings>): void;
}

const Context = createContext<SettingsContext | null>(null);

export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [settings, setSettings] = useState(loadSettings);
  const change = (part: Partial<Settings>): void => {
    const next = { ...settings, ...part };
    storeSettings(next);
    setSettings(next);
  };
  return <Context value={{ settings, change }}>{children}</Context>;
}

export function useSettings(): SettingsContext {
  const context = useContext(Context);
  if (!context) throw new Error('useSettings() stands outside of SettingsProvider.');
  return context;
}

import { useEffect, useState } from 'react';

const QUIET_MS = 350;

/** Debounces a value, so that dragging a slider sends one request. Values are compared as JSON. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(JSON.parse(text) as T), QUIET_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return settled;
}

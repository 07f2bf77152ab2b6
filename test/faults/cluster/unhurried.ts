import { join } from 'node:path';
import type { FaultSize } from '../fault.js';

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'unhurried-decisions.mjs');
const DECISION_MS = '20';

/** Settings with which a run has a middle that a fault can hit: on the short scale it would be over in a moment. */
export function unhurried(size: FaultSize): Readonly<Record<string, string>> {
  return size === 'short' ? { NODE_OPTIONS: `--import=${PRELOAD}`, DECISION_MS } : {};
}

import type { Fault } from './fault.js';
import { workerKilled } from './faults/worker-killed.js';

/** All faults, in the order in which they are run. */
export const FAULTS: readonly Fault[] = [workerKilled];

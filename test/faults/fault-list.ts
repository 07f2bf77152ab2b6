import type { Fault } from './fault.js';
import { agentsMisbehave } from './faults/agents-misbehave.js';
import { brokenInAnalysis } from './faults/broken-in-analysis.js';
import { changesDuringRun } from './faults/changes-during-run.js';
import { clocksDiffer } from './faults/clocks-differ.js';
import { connectionsKilled } from './faults/connections-killed.js';
import { databaseCrashed } from './faults/database-crashed.js';
import { diskFull } from './faults/disk-full.js';
import { halfOpen } from './faults/half-open.js';
import { instancePoisoned } from './faults/instance-poisoned.js';
import { leftBehind } from './faults/left-behind.js';
import { manyPlanners } from './faults/many-planners.js';
import { notReady } from './faults/not-ready.js';
import { replicasMigrate } from './faults/replicas-migrate.js';
import { terminated } from './faults/terminated.js';
import { workerFrozen } from './faults/worker-frozen.js';
import { workerKilled } from './faults/worker-killed.js';

/** All faults, in the order in which they are run. */
export const FAULTS: readonly Fault[] = [
  workerKilled,
  workerFrozen,
  terminated,
  brokenInAnalysis,
  databaseCrashed,
  connectionsKilled,
  halfOpen,
  notReady,
  diskFull,
  leftBehind,
  replicasMigrate,
  manyPlanners,
  clocksDiffer,
  agentsMisbehave,
  instancePoisoned,
  changesDuringRun,
];

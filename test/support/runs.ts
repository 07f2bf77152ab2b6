import { ChunkHandler } from '../../src/scheduler/chunks/chunk-handler.js';
import { RunHandler } from '../../src/scheduler/runs/run-handler.js';
import { RunPlanner } from '../../src/scheduler/planner/run-planner.js';
import type { TestApp } from './app.js';

/** Runs a definition now and to its end, as a worker would. @returns the id of the run. */
export async function runNow(t: TestApp, definitionId: number): Promise<string> {
  const id = await t.app.get(RunPlanner).planNow(definitionId, async () => undefined);
  for (const chunk of await t.app.get(RunHandler).handle(id)) await t.app.get(ChunkHandler).handle(id, chunk);
  return id;
}

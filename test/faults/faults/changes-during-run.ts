import { countOf, untilFinished } from '../cluster/runs.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';

const SIZES = { full: { instances: 10_000, chunk: 500, runs: 3 }, short: { instances: 300, chunk: 20, runs: 1 } };
/** Requests at a time. */
const HANDS = 6;

/** People change, stop, start and remove instances in the middle of runs. */
export const changesDuringRun: Fault = {
  name: 'changes-during-run',
  proves: 'PATCH, stop, start, DELETE and closing of positions during runs: no request fails, no cent is lost',
  async run({ cluster: open, random, size, expect }) {
    const { instances, chunk, runs } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    const ids = await cluster.addInstances(instances);
    await Promise.all([cluster.start(), cluster.start()]);
    const admin = cluster.asAdmin();
    const statuses: Record<string, number> = {};
    const pick = (): string => ids[Math.floor(random() * ids.length)]!;
    const changes: Readonly<Record<string, () => Promise<{ status: number }>>> = {
      params: () =>
        admin.send('PATCH', `/strategies/${pick()}`, {
          instance_params: { buy_threshold: 1 + Math.floor(random() * 90) },
        }),
      stop: () => admin.send('PATCH', `/strategies/${pick()}`, { is_active: false }),
      start: () => admin.send('PATCH', `/strategies/${pick()}`, { is_active: true }),
      close: () => admin.send('DELETE', `/strategies/${pick()}?close_positions=true`),
      remove: () => admin.send('DELETE', `/strategies/${pick()}`),
    };
    const kinds = Object.keys(changes);
    /** Answers 2xx of each kind that came while a run was under way. */
    const done: Record<string, number> = Object.fromEntries(kinds.map((kind) => [kind, 0]));
    /** From the first run on: each kind in turn at first, while all find something to do, then any. */
    let asked = 0;
    const nextKind = (): string =>
      kinds[asked < kinds.length * HANDS ? asked++ % kinds.length : Math.floor(random() * kinds.length)]!;
    for (let run = 0; run < runs; run++) {
      const id = await cluster.startRun();
      const progress = { over: false };
      const hands = Array.from({ length: HANDS }, async () => {
        while (!progress.over) {
          const kind = nextKind();
          const { status } = await changes[kind]!();
          statuses[status] = (statuses[status] ?? 0) + 1;
          if (status < 300 && !progress.over) done[kind]! += 1;
        }
      });
      const state = await untilFinished(cluster, id);
      progress.over = true;
      await Promise.all(hands);
      expect(state.status === 'completed', `run ${id} ended ${state.status}: ${JSON.stringify(state.error)}`);
    }
    const unexpected = Object.keys(statuses).filter((status) => !['200', '204', '409'].includes(status));
    expect(unexpected.length === 0, `answers: ${JSON.stringify(statuses)}`);
    for (const kind of kinds) expect(done[kind]! > 0, `no change of the kind ${kind} was made during a run`);
    return {
      instances,
      runs,
      executions: await countOf(cluster, 'strategy_executions'),
      archived: await countOf(cluster, 'portfolios WHERE archived_at IS NOT NULL'),
      answers: statuses,
      changes_during_runs: done,
    };
  },
};

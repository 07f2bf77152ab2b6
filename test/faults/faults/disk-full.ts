import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverAccount } from '../../../src/platform/embedded-postgres/server-account.js';
import type { Cluster } from '../cluster/cluster.js';
import { secondsSince } from '../cluster/elapsed.js';
import { countOf, runState, untilDone, untilFinished } from '../cluster/runs.js';
import type { Fault } from '../fault.js';

const RECOVERY_LIMIT_SECONDS = 30;
const MEGABYTE = 1024 * 1024;
/** Left free when the run begins: less than it needs. */
const FREE_BYTES = 2 * MEGABYTE;
const SIZES = {
  full: { instances: 10_000, chunk: 250, megabytes: 256, fullSeconds: 60 },
  short: { instances: 2000, chunk: 100, megabytes: 128, fullSeconds: 8 },
};

/** The disk of all tables and indexes fills up in the middle of a run, stays full for a while, and is given room again. */
export const diskFull: Fault = {
  name: 'disk-full',
  proves: 'disk full in mid-run: nothing is half done, no process exits, the run goes on when there is room',
  impossible: () => (process.getuid?.() === 0 ? null : 'only root can mount a small file system'),
  async run({ cluster: open, size, expect, say }) {
    const { instances, chunk, megabytes, fullSeconds } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk) });
    const folder = await moveToSmallDisk(cluster, megabytes);
    await cluster.addInstances(instances);
    await Promise.all([cluster.start(), cluster.start()]);
    const ballast = join(folder, 'ballast');
    fill(folder, ballast);
    const id = await cluster.startRun();
    await untilDone(cluster, id, 0);
    await untilItStandsStill(cluster, id);
    await sleep(fullSeconds * 1000);
    const stuck = await runState(cluster, id);
    expect(stuck?.finished_at === null, `the run ended ${stuck?.status} on a full disk`);
    for (const { name, ended } of cluster.replicas) expect(ended === null, `${name} ended: ${JSON.stringify(ended)}`);
    const lines = cluster.replicas.reduce((sum, replica) => sum + replica.log.split('\n').length, 0);
    expect(lines < 100 * fullSeconds, `${lines} lines of log in ${fullSeconds} s`);
    rmSync(ballast);
    const room = performance.now();
    const run = await untilFinished(cluster, id);
    const recovery = secondsSince(room);
    say(`full after ${stuck?.chunks_done} of ${run.chunks_total} chunks: finished ${recovery} s after there was room`);
    expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
    expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
    expect(recovery <= RECOVERY_LIMIT_SECONDS, `the run was finished ${recovery} s after there was room`);
    return {
      instances,
      full_seconds: fullSeconds,
      chunks_done_while_full: stuck?.chunks_done ?? 0,
      log_lines_while_full: lines,
      executions: await countOf(cluster, 'strategy_executions'),
      recovery_seconds: recovery,
    };
  },
};

/** A file system of its own for all tables and indexes, those of the future too. @returns its folder. */
async function moveToSmallDisk(cluster: Cluster, megabytes: number): Promise<string> {
  const mountPoint = join(cluster.folder, 'small');
  mkdirSync(mountPoint);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', mountPoint]);
  // The server has to be gone from it first; `lazy` covers a server that crashed and has not let go.
  cluster.beforeRemoval(() => execFileSync('umount', ['--lazy', mountPoint]));
  const folder = join(mountPoint, 'tablespace');
  mkdirSync(folder);
  const account = serverAccount();
  if (account) chownSync(folder, account.uid, account.gid);
  await cluster.sql(`CREATE TABLESPACE small LOCATION '${folder}'`);
  await cluster.sql(`GRANT CREATE ON TABLESPACE small TO PUBLIC`);
  await cluster.sql(`ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE small`);
  await cluster.sql(`ALTER INDEX ALL IN TABLESPACE pg_default SET TABLESPACE small`);
  await cluster.sql(`ALTER ROLE ALL SET default_tablespace = 'small'`);
  return mountPoint;
}

function fill(folder: string, ballast: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const bytes = bavail * bsize - FREE_BYTES;
  if (bytes <= 0) throw new Error('The small disk is full already: give it more megabytes.');
  writeFileSync(ballast, Buffer.alloc(bytes, 1));
}

async function untilItStandsStill(cluster: Cluster, id: string): Promise<void> {
  for (;;) {
    const before = (await runState(cluster, id))?.chunks_done;
    await sleep(4000);
    const run = await runState(cluster, id);
    if (run?.finished_at) throw new Error(`The run ended ${run.status} before the disk was full: leave it less room.`);
    if (run?.chunks_done === before) return;
  }
}

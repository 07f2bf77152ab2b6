import { readFileSync, readdirSync } from 'node:fs';

/** Of Linux on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time of processes, in milliseconds; all null where the system has no /proc. */
export interface CpuTime {
  readonly workers_ms: number | null;
  /** All processes of the database server, the connection of the floor included. */
  readonly database_ms: number | null;
}

/**
 * What the workers and the database have used until now.
 * @param backendPid any process of the database server.
 */
export function cpuTimeOf(workerPids: readonly number[], backendPid: number): CpuTime {
  const processes = readProcesses();
  if (processes === null) return { workers_ms: null, database_ms: null };
  const postmaster = processes.get(backendPid)?.parent;
  const sum = (wanted: (pid: number, parent: number) => boolean): number =>
    [...processes].reduce((total, [pid, { parent, ms }]) => (wanted(pid, parent) ? total + ms : total), 0);
  return {
    workers_ms: sum((pid) => workerPids.includes(pid)),
    database_ms: sum((pid, parent) => pid === postmaster || parent === postmaster),
  };
}

/** What was used between two looks. */
export function cpuTimeBetween(before: CpuTime, after: CpuTime): CpuTime {
  return {
    workers_ms: difference(before.workers_ms, after.workers_ms),
    database_ms: difference(before.database_ms, after.database_ms),
  };
}

function difference(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}

function readProcesses(): Map<number, { parent: number; ms: number }> | null {
  if (process.platform !== 'linux') return null;
  const processes = new Map<number, { parent: number; ms: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statFields(name);
    if (fields === null) continue;
    const ticks = Number(fields[11]) + Number(fields[12]);
    processes.set(Number(name), { parent: Number(fields[1]), ms: (ticks * 1000) / TICKS_PER_SECOND });
  }
  return processes;
}

/** The fields behind the name of `/proc/<pid>/stat`: state, parent, ...; null when the process has ended meanwhile. */
function statFields(pid: string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

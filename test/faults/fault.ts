import type { Cluster } from './cluster/cluster.js';
import type { OwnServer } from './cluster/own-server.js';
import type { PostgresServer } from './cluster/postgres-server.js';

/** What a fault measured: one JSON line. */
export type Figures = Record<string, number | string | boolean | readonly number[] | Record<string, number>>;

/** `full` is what the list of faults asks for, `short` the same on few instances, for every test run. */
export type FaultSize = 'full' | 'short';

export interface FaultContext {
  readonly seed: number;
  /** From 0 up to 1; the same ones for the same seed. */
  readonly random: () => number;
  readonly size: FaultSize;
  /**
   * A prepared database for processes of its own, without a tick; ended when the fault is over, whatever happens.
   * @param env settings of all processes.
   */
  cluster(env?: Readonly<Record<string, string>>): Promise<Cluster<PostgresServer>>;
  /** The same on a database that nobody has migrated. */
  emptyCluster(env?: Readonly<Record<string, string>>): Promise<Cluster<PostgresServer>>;
  /** The same without a database: the first process starts its embedded one. */
  embeddedCluster(env?: Readonly<Record<string, string>>): Promise<Cluster<OwnServer>>;
  /** Ended with the fault, in reverse order. */
  afterwards(end: () => Promise<void>): void;
  /** What must hold; the fault goes on, and has failed. */
  expect(holds: boolean, problem: string): void;
  /** For the person who watches. */
  say(line: string): void;
}

/** Something that breaks, and what must be true afterwards. */
export interface Fault {
  /** As in `--only NAME`. */
  readonly name: string;
  /** What is shown when it passes, in a line. */
  readonly proves: string;
  /** Whether it can be done on this machine; a reason when it cannot. */
  impossible?(): string | null;
  /**
   * Breaks it, and waits until all work is done again. Invariants are checked after it on every cluster it opened.
   * @throws Error when something does not happen in time.
   */
  run(context: FaultContext): Promise<Figures>;
}

import type { Cluster } from './cluster/cluster.js';

/** What a fault measured: one JSON line. */
export type Figures = Record<string, number | string | boolean | readonly number[] | Record<string, number>>;

/** `full` is what the list of faults asks for, `short` the same on few instances, for every test run. */
export type FaultSize = 'full' | 'short';

export interface FaultContext {
  readonly seed: number;
  /** From 0 up to 1; the same ones for the same seed. */
  readonly random: () => number;
  readonly size: FaultSize;
  /** A database and processes of its own; ended when the fault is over, whatever happens. */
  cluster(env?: Readonly<Record<string, string>>): Promise<Cluster>;
  /** Ended with the fault, in reverse order. */
  afterwards(end: () => Promise<void>): void;
  /** What must hold; the fault goes on, and has failed. */
  expect(holds: boolean, problem: string): void;
  /** For whoever watches. */
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

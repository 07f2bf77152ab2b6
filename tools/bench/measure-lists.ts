import { LISTS, type Role, type Targets } from './lists.js';
import { latencyOf, type Latency, type Outcome } from './load/latency.js';
import { sendOpenLoop } from './load/open-loop.js';

const ROLES = ['trader', 'admin'] as const;

/**
 * At most. A program that has just started compiles its code, and its connections read the catalogue: it is measured as
 * it answers for the rest of its days, not as it does in its first half minute.
 */
const WARM_UP_SECONDS = 5;

/** The latency of one list in one role. */
export interface ListLatency extends Latency {
  readonly list: string;
  readonly role: Role;
  /** Answers a second. */
  readonly throughput: number;
  /** Statuses other than 200 and how often they came. */
  readonly failures: Readonly<Record<string, number>>;
  readonly variants: Readonly<Record<string, Latency>>;
}

export interface MeasureOptions {
  readonly url: string;
  readonly tokens: Readonly<Record<Role, string>>;
  readonly rate: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

/** Asks each list in each role, one after the other; all ways of asking a list take turns. */
export async function measureLists(targets: Targets, options: MeasureOptions): Promise<ListLatency[]> {
  const loads = LISTS.flatMap((list) =>
    ROLES.map((role) => {
      const ways = list.requests(targets, role);
      const request = (index: number) => ways[index % ways.length]!(Math.floor(index / ways.length));
      return { list: list.name, role, load: { ...options, token: options.tokens[role], request } };
    }),
  );
  const warmUp = Math.min(options.seconds, WARM_UP_SECONDS);
  options.progress(`${warmUp} s of each that do not count`);
  for (const { load } of loads) await sendOpenLoop({ ...load, seconds: warmUp });
  const measured: ListLatency[] = [];
  for (const { list, role, load } of loads) {
    const started = performance.now();
    const outcomes = await sendOpenLoop(load);
    const seconds = (performance.now() - started) / 1000;
    const figures = {
      list,
      role,
      ...latencyOf(outcomes),
      throughput: Math.round((outcomes.length / seconds) * 10) / 10,
      failures: countBy(outcomes.filter(({ status }) => status !== 200).map(({ status }) => String(status))),
      variants: byVariant(outcomes),
    };
    measured.push(figures);
    options.progress(
      `${list} as ${role}: p50 ${figures.p50_ms} ms, p95 ${figures.p95_ms} ms, p99 ${figures.p99_ms} ms, ` +
        `max ${figures.max_ms} ms, ${figures.throughput}/s, ${figures.errors} errors`,
    );
  }
  return measured;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function byVariant(outcomes: readonly Outcome[]): Record<string, Latency> {
  const names = [...new Set(outcomes.map(({ variant }) => variant))];
  return Object.fromEntries(names.map((name) => [name, latencyOf(outcomes.filter(({ variant }) => variant === name))]));
}

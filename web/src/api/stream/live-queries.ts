import type { Query, QueryClient } from '@tanstack/react-query';
import type { Schemas } from '../client.js';
import { StreamConnection } from './connection.js';
import { concerns, type Happening } from './events.js';

/** How often what is shown is read again while nobody tells what happens. */
const POLL_MS = 10_000;
/** And while somebody does: not everything that changes is told, such as prices. Below what counts as old. */
const LIVE_POLL_MS = 25_000;
/** Events come in bursts, and to everybody at once: gathered, and not answered by all at the same moment. */
const GATHER_MS = 300;
/** Values change once a minute, for everybody: read within this time, each page at a moment of its own. */
const VALUED_WITHIN_MS = 4000;

const listeners = new Set<() => void>();
let live = false;

/** Whether what happens is told at once. */
export function isLive(): boolean {
  return live;
}

/** Told when {@link isLive} changes. @returns stops it. */
export function onLiveChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function pollMs(): number {
  return live ? LIVE_POLL_MS : POLL_MS;
}

/** Keeps what is shown as it is at the server. @returns ends it. */
export function keepLive(client: QueryClient): () => void {
  let gathered: Happening[] = [];
  let timer: number | undefined;
  let due = Infinity;
  const readAgain = (): void => {
    due = Infinity;
    const happenings = gathered;
    gathered = [];
    void client.invalidateQueries({
      predicate: (query) => happenings.some((happening) => concerns(happening, questionOf(client, query))),
    });
  };
  const readAgainIn = (ms: number): void => {
    const at = performance.now() + ms;
    if (at >= due) return;
    window.clearTimeout(timer);
    due = at;
    timer = window.setTimeout(readAgain, ms);
  };
  const connection = new StreamConnection({
    onHappening(happening) {
      gathered.push(happening);
      const valued = happening.type === 'strategies.valued';
      readAgainIn(valued ? VALUED_WITHIN_MS * Math.random() : GATHER_MS * (1 + Math.random()));
    },
    onReset: () => void client.invalidateQueries({ predicate: isPolled }),
    onLive(now) {
      if (live === now) return;
      live = now;
      for (const listener of listeners) listener();
      // Whatever was missed meanwhile, and so that the shorter time counts from now.
      if (!now) void client.invalidateQueries({ predicate: isPolled });
    },
  });
  connection.start();
  return () => {
    window.clearTimeout(timer);
    connection.stop();
  };
}

/** What is meant to be old is left alone. */
export function isPolled(query: Query): boolean {
  return (query.options as { refetchInterval?: unknown }).refetchInterval !== false;
}

function questionOf(client: QueryClient, { queryKey }: Query) {
  const strategy = client.getQueryData<Schemas['InstanceView']>(['strategy', queryKey[1]]);
  return { key: queryKey, definitionId: strategy?.definition.id };
}

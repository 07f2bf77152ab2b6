import type { Query, QueryClient } from '@tanstack/react-query';
import type { Schemas } from '../client.js';
import { StreamConnection } from './connection.js';
import { concerns, type Happening } from './events.js';

/** Polling interval without the stream. */
const POLL_MS = 10_000;
/** Polling interval with the stream, which does not report everything (prices). Shorter than the age that counts as stale. */
const LIVE_POLL_MS = 25_000;
/** Events come in bursts and reach all clients at once: batch them, with jitter. */
const GATHER_MS = 300;
/** Valuations reach all clients once a minute: refetch within this time, with jitter. */
const VALUED_WITHIN_MS = 4000;

const listeners = new Set<() => void>();
let live = false;

/** Whether the stream is open. */
export function isLive(): boolean {
  return live;
}

/** Subscribes to changes of {@link isLive}. @returns unsubscribe. */
export function onLiveChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function pollMs(): number {
  return live ? LIVE_POLL_MS : POLL_MS;
}

/** Keeps cached queries up to date by stream and polling. @returns stop. */
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
      // Refetch what was missed, and restart the timers with the shorter interval.
      if (!now) void client.invalidateQueries({ predicate: isPolled });
    },
  });
  connection.start();
  return () => {
    window.clearTimeout(timer);
    connection.stop();
  };
}

/** Skips queries that are stale by design. */
export function isPolled(query: Query): boolean {
  return (query.options as { refetchInterval?: unknown }).refetchInterval !== false;
}

function questionOf(client: QueryClient, { queryKey }: Query) {
  const strategy = client.getQueryData<Schemas['InstanceView']>(['strategy', queryKey[1]]);
  return { key: queryKey, definitionId: strategy?.definition.id };
}

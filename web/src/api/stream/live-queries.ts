import type { Query, QueryClient } from '@tanstack/react-query';
import type { Schemas } from '../client.js';
import { StreamConnection } from './connection.js';
import { concerns, type Happening } from './events.js';

/** How often what is shown is read again while nobody tells what happens. */
const POLL_MS = 10_000;
/** And while somebody does: not everything that changes is told, such as values between the runs. Below what counts as old. */
const LIVE_POLL_MS = 25_000;
/** Events come in bursts, and to everybody at once: gathered, and not answered by all at the same moment. */
const GATHER_MS = 300;

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
  const readAgain = (): void => {
    timer = undefined;
    const happenings = gathered;
    gathered = [];
    void client.invalidateQueries({
      predicate: (query) => happenings.some((happening) => concerns(happening, questionOf(client, query))),
    });
  };
  const connection = new StreamConnection({
    onHappening(happening) {
      gathered.push(happening);
      timer ??= window.setTimeout(readAgain, GATHER_MS * (1 + Math.random()));
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

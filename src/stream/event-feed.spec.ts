import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { testConfig } from '../../test/support/config.js';
import type { SessionsStore } from '../auth/tokens/sessions.store.js';
import { createLogger } from '../platform/logging/logger.js';
import { EventFeed } from './event-feed.js';
import type { EventStore, NextEvents, RecordedEvent } from './events/event.store.js';
import { StreamClient } from './stream-client.js';

const LISTENER = { id: 'a user', role: 'admin' } as const;

/** A change of a strategy: the feed needs no further query for it. */
function event(id: bigint): RecordedEvent {
  const strategy = { portfolio_id: 'a strategy', strategy_definition_id: 1, user_id: LISTENER.id, version: 1 };
  return { kind: 'instance', position: { xid: 7n, id }, is_active: true, ...strategy };
}

describe('the event feed', () => {
  it('sends nothing after the end of a stream that ends during a read', async () => {
    let answer = (_next: NextEvents): void => undefined;
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const after = (): Promise<NextEvents> => {
      isAsked();
      return new Promise((resolve) => (answer = resolve));
    };
    const findOpen = async () => [{ sessionId: 'a session', role: LISTENER.role }];
    const feed = new EventFeed(
      { after } as unknown as EventStore,
      { findOpen } as unknown as SessionsStore,
      { now: () => new Date('2026-01-15T12:00:00Z') },
      createLogger(testConfig('postgres://nowhere')),
    );
    // Without a connection nothing is sent and the response stays open, as for a client that has stopped reading.
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const failures: string[] = [];
    response.on('error', (error) => failures.push(String(error)));
    feed.add(new StreamClient(LISTENER, 'a session', { xid: 5n, id: 0n }, response));
    await asked;
    feed.stop();
    answer({ events: [event(1n), event(2n)], horizon: { xid: 8n, id: 0n }, complete: true });
    await feed.onModuleDestroy();
    await new Promise((resolve) => setImmediate(resolve));
    // The program handles one such error; a second one would be unhandled and end the process.
    expect(failures).toEqual([]);
  });
});

import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { eventually } from './eventually.js';

export interface StreamEvent {
  readonly type: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** Somebody who listens to a server. */
export interface EventStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The problem document where it was refused. */
  readonly problem: { readonly code?: string };
  /** Everything that has come so far. */
  readonly events: readonly StreamEvent[];
  /** Waits for an event. */
  next(what: string, wanted: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Resolves when the server has hung up. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

interface ListenOptions {
  readonly lastEventId?: string;
  /** Use this one; else a new one is asked for with the token. */
  readonly ticket?: string;
}

export async function ticketFor(url: string, token: string): Promise<string> {
  const answer = await send('POST', `${url}/api/v1/stream/tickets`, { authorization: `Bearer ${token}` });
  const text = await wholeOf(answer);
  if (answer.statusCode !== 200) throw new Error(`ticket: ${answer.statusCode} ${text}`);
  return (JSON.parse(text) as { ticket: string }).ticket;
}

/** Opens the stream of a server as a program would. */
export async function listen(url: string, token: string, options: ListenOptions = {}): Promise<EventStream> {
  const ticket = options.ticket ?? (await ticketFor(url, token));
  const headers: Record<string, string> =
    options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId };
  const answer = await send('GET', `${url}/api/v1/stream?ticket=${ticket}`, headers);
  const events: StreamEvent[] = [];
  const refused = answer.statusCode !== 200;
  const problem = refused ? (JSON.parse(await wholeOf(answer)) as { code?: string }) : {};
  const ended = refused ? Promise.resolve() : read(answer, events);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    problem,
    events,
    ended,
    next: (what, wanted) => eventually(what, async () => events.find(wanted)),
    async close() {
      answer.destroy();
      await ended;
    },
  };
}

/** On a connection of its own: one that is kept for the next request would keep the server from closing. */
function send(method: string, address: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(address, { method, headers, agent: false }, resolve).on('error', reject).end();
  });
}

async function wholeOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

/** Reads until either side hangs up; a reader that is cut off has every whole event. */
function read(answer: IncomingMessage, events: StreamEvent[]): Promise<void> {
  let text = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    events.push(...blocks.map(parse));
  });
  // It is told of an error, too, when the other side is cut off: the close behind it is what counts.
  answer.on('error', () => undefined);
  return new Promise((resolve) => answer.once('close', resolve));
}

function parse(block: string): StreamEvent {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
  const { event, id, data } = Object.fromEntries(fields) as Record<'event' | 'id' | 'data', string>;
  return { type: event, id, data: JSON.parse(data) as Record<string, unknown> };
}

/** Events about what has happened, without those about the stream itself. */
export function happenings(events: readonly StreamEvent[]): StreamEvent[] {
  return events.filter(({ type }) => type.includes('.'));
}

import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './latency.js';

const GIVE_UP_MS = 10_000;

export interface ListRequest {
  readonly variant: string;
  /** From `/api/v1` on. */
  readonly path: string;
}

export interface Load {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly token: string;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly request: (index: number) => ListRequest;
  /** Ends the load early. */
  readonly signal: AbortSignal;
}

/**
 * Sends requests at a fixed rate, whether or not the earlier ones have been answered: a slow server gets a queue, as
 * it would from people, and latency counts from the moment a request was due. Never more than rate * seconds.
 */
export async function sendOpenLoop(load: Load): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true });
  const pending: Promise<Outcome>[] = [];
  try {
    const started = performance.now();
    for (let index = 0; index < load.rate * load.seconds && !load.signal.aborted; index++) {
      const due = started + (index * 1000) / load.rate;
      const early = due - performance.now();
      if (early > 0) await sleep(Math.ceil(early));
      pending.push(send(agent, load, load.request(index), due));
    }
    return await Promise.all(pending);
  } finally {
    agent.destroy();
  }
}

/** Never rejects: a request without an answer is an outcome too. */
function send(agent: Agent, load: Load, request: ListRequest, due: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const done = (status: number | string): void =>
      resolve({ variant: request.variant, milliseconds: performance.now() - due, status });
    const sent = get(
      `${load.url}${request.path}`,
      { agent, headers: { authorization: `Bearer ${load.token}` }, signal: AbortSignal.timeout(GIVE_UP_MS) },
      (answer) => {
        answer.on('error', (error) => done(error.message));
        answer.on('end', () => done(answer.statusCode ?? 0));
        answer.resume();
      },
    );
    sent.on('error', (error) => done(error.message));
  });
}

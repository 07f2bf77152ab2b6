import { finished, Stream, type Writable } from 'node:stream';
import { Client, type ClientConfig } from 'pg';

/** Longer than a statement may run, so that whoever still answers is never given up. */
const ANSWER_WITHIN_MS = 18_000;

type Query = (...args: unknown[]) => unknown;

/**
 * A connection that does not wait for ever: when a statement has no answer in time, the connection is half-open
 * (whoever was at the other end is gone and nobody said so), and it is destroyed. What waited fails like after any
 * lost connection, and the pool makes a new one. pg's own `query_timeout` lets the statement fail alone: the pool
 * would hand the dead connection to the next.
 */
export class BoundedClient extends Client {
  private answerWithinMs = ANSWER_WITHIN_MS;
  private sent = 0;

  constructor(config?: string | ClientConfig) {
    super(config);
    // Between the hands of a pool and of whoever borrows from it there are moments in which nobody listens, and an error
    // that nobody listens to ends the process. Whoever sends the next statement is told.
    this.on('error', () => undefined);
    this.query = ((...args: unknown[]) => this.boundedQuery(args)) as Client['query'];
  }

  /** Statements that were sent over this connection, those that begin and end transactions among them. */
  get statementsSent(): number {
    return this.sent;
  }

  /** For work whose statements may take long, such as the check of the invariants. Put it back afterwards. */
  waitUpTo(milliseconds: number): void {
    this.answerWithinMs = milliseconds;
  }

  /** The usual limit again. */
  waitAsUsual(): void {
    this.answerWithinMs = ANSWER_WITHIN_MS;
  }

  private boundedQuery(args: unknown[]): unknown {
    this.sent += 1;
    const seconds = this.answerWithinMs / 1000;
    const timer = setTimeout(() => this.giveUp(`no answer for ${seconds} s`), this.answerWithinMs);
    // The socket keeps the process alive, not the patience with it.
    timer.unref();
    const plain = Client.prototype.query as Query;
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const answered = (...answer: unknown[]): unknown => {
        clearTimeout(timer);
        return (callback as Query)(...answer);
      };
      return plain.apply(this, [...args.slice(0, -1), answered]);
    }
    const answer = plain.apply(this, args);
    if (answer instanceof Promise) return answer.finally(() => clearTimeout(timer));
    // COPY is a stream, which ends when the server has taken everything.
    if (answer instanceof Stream) finished(answer as Writable, () => clearTimeout(timer));
    else clearTimeout(timer);
    return answer;
  }

  private giveUp(reason: string): void {
    const { stream } = (this as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection;
    stream.destroy(new Error(`Connection terminated: ${reason}`));
  }
}

import { finished, Stream, type Writable } from 'node:stream';
import { Client, type ClientConfig } from 'pg';
import type { EntityManager } from 'typeorm';

/** Longer than a statement may run, so that whoever still answers is never given up. */
const ANSWER_WITHIN_MS = 18_000;

type Query = (...args: unknown[]) => unknown;

/** Connections of this process that stand. */
const standing = new Set<PgClientWithDeadline>();

/**
 * A connection that does not wait for ever: when a statement has no answer in time, the connection is half-open
 * (whoever was at the other end is gone and nobody said so), and it is destroyed. What waited fails like after any
 * lost connection, and the pool makes a new one. pg's own `query_timeout` lets the statement fail alone: the pool
 * would hand the dead connection to the next.
 *
 * With it go the connections to the same server that are asked nothing and have not been heard since that statement was
 * sent. What takes one connection mostly takes all, and tried one after the other each would cost somebody as long.
 */
export class PgClientWithDeadline extends Client {
  private answerWithinMs = ANSWER_WITHIN_MS;
  private sent = 0;
  /** Statements that have no answer yet. */
  private unanswered = 0;
  /** When the last answer came, of a monotonic clock. */
  private heardAt = 0;

  constructor(config?: string | ClientConfig) {
    super(config);
    // Between the hands of a pool and of whoever borrows from it there are moments in which nobody listens, and an error
    // that nobody listens to ends the process. Whoever sends the next statement is told.
    this.on('error', () => undefined);
    this.once('connect', () => {
      this.heardAt = performance.now();
      standing.add(this);
    });
    this.once('end', () => standing.delete(this));
    this.query = ((...args: unknown[]) => this.boundedQuery(args)) as Client['query'];
  }

  /** Statements that were sent over this connection, those that begin and end transactions among them. */
  get statementsSent(): number {
    return this.sent;
  }

  /** The process that serves this connection, in the server's `pg_stat_activity`. */
  get serverProcess(): number {
    return (this as unknown as { processID: number }).processID;
  }

  /** For work whose statements may take long, such as the check of the invariants. Put it back afterwards. */
  waitUpTo(milliseconds: number): void {
    this.answerWithinMs = milliseconds;
  }

  /** The usual limit again. */
  waitAsUsual(): void {
    this.answerWithinMs = ANSWER_WITHIN_MS;
  }

  /** Destroys the connection at once: what waits for an answer fails. The server is not told, and works on. */
  breakOff(reason: string): void {
    const { stream } = (this as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection;
    stream.destroy(new Error(`Connection terminated: ${reason}`));
  }

  private boundedQuery(args: unknown[]): unknown {
    const answered = this.expectAnswer();
    const plain = Client.prototype.query as Query;
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const passOn = (...answer: unknown[]): unknown => {
        answered();
        return (callback as Query)(...answer);
      };
      return plain.apply(this, [...args.slice(0, -1), passOn]);
    }
    const answer = plain.apply(this, args);
    if (answer instanceof Promise) return answer.finally(answered);
    // COPY is a stream, which ends when the server has taken everything.
    if (answer instanceof Stream) finished(answer as Writable, answered);
    else answered();
    return answer;
  }

  /** @returns what is to be called when the answer has come, or will not come. */
  private expectAnswer(): () => void {
    this.sent += 1;
    this.unanswered += 1;
    const sentAt = performance.now();
    const seconds = this.answerWithinMs / 1000;
    const timer = setTimeout(() => {
      const reason = `no answer for ${seconds} s`;
      this.breakOff(reason);
      for (const other of standing) if (this.isBeside(other, sentAt)) other.breakOff(`another had ${reason}`);
    }, this.answerWithinMs);
    // The socket keeps the process alive, not the patience with it.
    timer.unref();
    return () => {
      clearTimeout(timer);
      this.unanswered -= 1;
      this.heardAt = performance.now();
    };
  }

  /** Whether that connection goes to the same server, is asked nothing, and has been silent since. */
  private isBeside(other: PgClientWithDeadline, since: number): boolean {
    return (
      other !== this &&
      other.host === this.host &&
      other.port === this.port &&
      other.unanswered === 0 &&
      other.heardAt < since
    );
  }
}

/**
 * Statements that were sent so far over the connection of a transaction.
 * @throws Error where the connections are not those of a running process: they count nothing.
 */
export async function statementsSentIn(manager: EntityManager): Promise<number> {
  const client: unknown = await manager.queryRunner?.connect();
  if (!(client instanceof PgClientWithDeadline)) throw new Error('This connection does not count its statements.');
  return client.statementsSent;
}

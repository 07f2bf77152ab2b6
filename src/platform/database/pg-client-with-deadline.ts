import { finished, Stream, type Writable } from 'node:stream';
import { Client, type ClientConfig } from 'pg';
import type { EntityManager } from 'typeorm';

/** Longer than a statement may run, so that a server that still answers is never given up. */
const ANSWER_WITHIN_MS = 18_000;

type Query = (...args: unknown[]) => unknown;

const openConnections = new Set<PgClientWithDeadline>();

/**
 * A connection with a deadline. A statement without an answer in time means that the connection is half-open: the peer
 * is gone, and nothing reported it. The connection is destroyed, its pending statements fail as after any lost
 * connection, and the pool opens a new one. pg's own `query_timeout` would fail the statement alone, and the pool would
 * hand the dead connection to the next caller.
 *
 * Idle connections to the same server that were silent since that statement was sent are destroyed too. A cut mostly
 * affects all of them, and each would cost its next caller another deadline.
 */
export class PgClientWithDeadline extends Client {
  private answerWithinMs = ANSWER_WITHIN_MS;
  private sent = 0;
  private unanswered = 0;
  /** Time of the last answer, on the monotonic clock. */
  private heardAt = 0;

  constructor(config?: string | ClientConfig) {
    super(config);
    // Between pool and borrower nothing listens at times, and an error without a listener ends the process. The next
    // statement reports the failure.
    this.on('error', () => undefined);
    this.once('connect', () => {
      this.heardAt = performance.now();
      openConnections.add(this);
    });
    this.once('end', () => openConnections.delete(this));
    this.query = ((...args: unknown[]) => this.boundedQuery(args)) as Client['query'];
  }

  /** Statements sent over this connection, those that begin and end transactions included. */
  get statementsSent(): number {
    return this.sent;
  }

  /** Process id of the server's backend, as in `pg_stat_activity`. */
  get serverProcess(): number {
    return (this as unknown as { processID: number }).processID;
  }

  /** For long statements, such as the check of the invariants. Call {@link waitAsUsual} afterwards. */
  waitUpTo(milliseconds: number): void {
    this.answerWithinMs = milliseconds;
  }

  waitAsUsual(): void {
    this.answerWithinMs = ANSWER_WITHIN_MS;
  }

  /** Destroys the connection at once: pending statements fail. The server is not told, and works on. */
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
    // COPY is a stream; it finishes when the server has taken everything.
    if (answer instanceof Stream) finished(answer as Writable, answered);
    else answered();
    return answer;
  }

  /**
   * Starts the deadline of a statement.
   * @returns a function to call when the answer has come, or cannot come any more.
   */
  private expectAnswer(): () => void {
    this.sent += 1;
    this.unanswered += 1;
    const sentAt = performance.now();
    const seconds = this.answerWithinMs / 1000;
    const timer = setTimeout(() => {
      const reason = `no answer for ${seconds} s`;
      this.breakOff(reason);
      for (const other of openConnections) if (this.isBeside(other, sentAt)) other.breakOff(`another had ${reason}`);
    }, this.answerWithinMs);
    // An open socket holds the process alive; this timer must not.
    timer.unref();
    return () => {
      clearTimeout(timer);
      this.unanswered -= 1;
      this.heardAt = performance.now();
    };
  }

  /** Whether a connection goes to the same server, is idle, and was silent since then. */
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
 * Statements sent so far over the connection of a transaction.
 * @throws Error for a connection that does not count them, which is one outside a serving process.
 */
export async function statementsSentIn(manager: EntityManager): Promise<number> {
  const client: unknown = await manager.queryRunner?.connect();
  if (!(client instanceof PgClientWithDeadline)) throw new Error('This connection does not count its statements.');
  return client.statementsSent;
}

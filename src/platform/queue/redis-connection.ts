import { Redis, type RedisOptions } from 'ioredis';
import { StartError } from '../config/start-error.js';
import { within } from './within.js';

/** A command without an answer after this time has failed; its caller retries later. */
const ANSWER_WITHIN_MS = 5000;
/** Interval between pings: a half-open connection reports nothing by itself. */
const PING_EVERY_MS = 10_000;
const CONNECT_WITHIN_MS = 10_000;
const RECONNECT_AFTER_AT_MOST_MS = 2000;
/** Time for a connection to close by itself before it is destroyed. */
const BREAK_AFTER_MS = 500;

const COMMON: RedisOptions = {
  connectTimeout: CONNECT_WITHIN_MS,
  disconnectTimeout: BREAK_AFTER_MS,
  // BullMQ requires null: a command in flight when the connection breaks is retried without limit.
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(times * 100, RECONNECT_AFTER_AT_MOST_MS),
} as RedisOptions;

/** A connection to Redis that reconnects whenever it breaks, for as long as it takes. */
export class RedisConnection {
  readonly redis: Redis;
  private readonly pinging: NodeJS.Timeout;

  /**
   * @param use `commands`: to add and read jobs; every command has a deadline. `work`: to take jobs; a worker waits for
   *   as long as Redis is down.
   */
  constructor(url: string, use: 'commands' | 'work') {
    this.redis = new Redis(url, use === 'work' ? COMMON : { ...COMMON, commandTimeout: ANSWER_WITHIN_MS });
    // BullMQ reports errors while it uses the connection. Before and after that ioredis would print them to the
    // console.
    this.redis.on('error', () => undefined);
    this.pinging = setInterval(() => void this.breakWhenSilent(), PING_EVERY_MS).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.pinging);
    // A connection that waits to reconnect has nothing to close, and emits no `end`.
    if (this.redis.status !== 'ready') return this.redis.disconnect();
    const ended = new Promise<void>((resolve) => this.redis.once('end', () => resolve()));
    this.redis.disconnect();
    await ended;
  }

  private async breakWhenSilent(): Promise<void> {
    if (this.redis.status !== 'ready') return;
    try {
      await within(ANSWER_WITHIN_MS, this.redis.ping());
    } catch (error) {
      this.redis.emit('error', error);
      this.redis.disconnect(true);
    }
  }
}

/**
 * Pings the server once, so that a wrong QUEUE_URL stops the start with a clear message.
 * @throws StartError when the server does not answer, or refuses. The message holds its address, not the password.
 */
export async function tryRedis(url: string): Promise<void> {
  const redis = new Redis(url, { ...COMMON, lazyConnect: true, commandTimeout: ANSWER_WITHIN_MS, retryStrategy: null });
  let failure: Error | null = null;
  redis.on('error', (error: Error) => (failure ??= error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const cause = failure ?? (error as Error);
    const detail = cause.message || (cause as NodeJS.ErrnoException).code || 'no answer';
    const { host } = new URL(url);
    throw new StartError(`The queue at ${host} (QUEUE_URL) refuses: ${detail}`);
  } finally {
    redis.disconnect();
  }
}

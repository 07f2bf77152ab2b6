import { Redis, type RedisOptions } from 'ioredis';
import { StartError } from '../config/start-error.js';
import { within } from './within.js';

/** A command that Redis has not answered for so long has failed; whoever gave it tries again later. */
const ANSWER_WITHIN_MS = 5000;
/** So often it is asked whether it is there: a half-open connection says nothing by itself. */
const ASK_EVERY_MS = 10_000;
const CONNECT_WITHIN_MS = 10_000;
const RECONNECT_AFTER_AT_MOST_MS = 2000;
/** A connection that is closed has so long to end by itself. */
const BREAK_AFTER_MS = 500;

const COMMON: RedisOptions = {
  connectTimeout: CONNECT_WITHIN_MS,
  disconnectTimeout: BREAK_AFTER_MS,
  // BullMQ wants it so: a command that is under way when the connection breaks is given again.
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(times * 100, RECONNECT_AFTER_AT_MOST_MS),
} as RedisOptions;

/** A connection that is made again whenever it breaks, for as long as it takes. */
export class RedisConnection {
  readonly redis: Redis;
  private readonly asking: NodeJS.Timeout;

  /**
   * @param use `commands`: to add jobs and to look at them; every command ends. `work`: to take jobs; a worker waits for as long
   * as Redis is away.
   */
  constructor(url: string, use: 'commands' | 'work') {
    this.redis = new Redis(url, use === 'work' ? COMMON : { ...COMMON, commandTimeout: ANSWER_WITHIN_MS });
    // BullMQ reports errors while it uses the connection; before and after that ioredis would write to the console.
    this.redis.on('error', () => undefined);
    this.asking = setInterval(() => void this.breakWhenSilent(), ASK_EVERY_MS).unref();
  }

  /** Closes it for good. */
  async close(): Promise<void> {
    clearInterval(this.asking);
    // One that waits to connect again has nothing to close, and says nothing when it gives up.
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
 * Asks the server once, so that a wrong QUEUE_URL ends the start with a line that says so.
 * @throws StartError when it does not answer, or refuses. The address is in the message, the password is not.
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

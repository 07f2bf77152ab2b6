import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually, freePort } from './eventually.js';

/** A server of Redis or Valkey on a free port, with whatever it stores in a temporary folder. It keeps nothing when it ends. */
export class RedisServer {
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), 'conclave-redis-'));

  private constructor(
    readonly port: number,
    private readonly password: string | null,
  ) {}

  /** @param options.password clients must know it. */
  static async start({ password = null }: { password?: string | null } = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), password);
    await server.startAgain();
    return server;
  }

  get url(): string {
    const login = this.password === null ? '' : `:${encodeURIComponent(this.password)}@`;
    return `redis://${login}127.0.0.1:${this.port}`;
  }

  /** Resolves when it answers. */
  async startAgain(): Promise<void> {
    const settings = { bind: '127.0.0.1', port: this.port, dir: this.folder, save: '', appendonly: 'no' };
    const all = Object.entries(this.password === null ? settings : { ...settings, requirepass: this.password });
    this.child = spawn(
      process.env['TEST_REDIS_PROGRAM']!,
      all.flatMap(([name, value]) => [`--${name}`, String(value)]),
      { stdio: 'ignore' },
    );
    await eventually('the Redis server answers', async () => this.ask((redis) => redis.ping()).catch(() => null));
  }

  /** As when its machine loses power: what it held is gone. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** What a client of its own gets to know. */
  async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: null, disconnectTimeout: 100 });
    // The rejected command tells it.
    redis.on('error', () => undefined);
    try {
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster } from '../faults/cluster/cluster.js';
import { untilDone, untilFinished } from '../faults/cluster/runs.js';
import { verify } from '../faults/cluster/verify.js';
import { RedisServer } from '../support/redis-server.js';

const INSTANCES = 600;
const SERVED_ONCE = { status: 'completed', instances: INSTANCES, failed: 0, violations: 0, problems: [] };
const PASSWORD = 'secret-of-the-queue';

describe('two workers and an interface that share a queue in Redis', () => {
  let redis: RedisServer;
  let cluster: Cluster;

  beforeAll(async () => {
    redis = await RedisServer.start({ password: PASSWORD });
    cluster = await Cluster.open({ env: { QUEUE_URL: redis.url, CHUNK_SIZE: '10', LOG_LEVEL: 'info' } });
    await cluster.addInstances(INSTANCES);
    await Promise.all([
      cluster.start({ role: 'api' }),
      cluster.start({ role: 'worker' }),
      cluster.start({ role: 'worker' }),
    ]);
  });

  afterAll(async () => {
    await cluster?.close();
    await redis?.remove();
  });

  /** The run once it is finished, and whether everything happened once. */
  async function endOf(id: string): Promise<unknown> {
    const { status, counters } = await untilFinished(cluster, id);
    return { status, instances: counters.instances, failed: counters.failed, ...(await verify(cluster)) };
  }

  it('serve every instance of a run exactly once, both of them', async () => {
    expect(await endOf(await cluster.startRun())).toEqual(SERVED_ONCE);
    for (const { log } of cluster.replicas.slice(1)) expect(log).toContain('decision');
    expect(await redis.ask((client) => client.keys('conclave:runs:*'))).toContain('conclave:runs:meta');
    expect(await cluster.sql(`SELECT 1 FROM pg_namespace WHERE nspname = 'queue'`)).toEqual([]);
  });

  it('do so, too, when the queue is killed in the middle and comes back with nothing', async () => {
    const id = await cluster.startRun();
    await untilDone(cluster, id, 0.2);
    await redis.kill();
    await redis.startAgain();
    expect(await endOf(id)).toEqual(SERVED_ONCE);
  });

  it('begin a run that was asked for while the queue was away', async () => {
    await redis.kill();
    const begun = cluster.startRun();
    await redis.startAgain();
    expect(await endOf(await begun)).toEqual(SERVED_ONCE);
  });

  it('end in order, and never write the password down', async () => {
    for (const replica of cluster.replicas) {
      expect(await replica.terminate()).toEqual({ code: 0, signal: null });
      expect(replica.log).not.toContain(PASSWORD);
    }
  });
});

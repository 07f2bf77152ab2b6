import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { runJobQueueContract } from '../support/job-queue.contract.js';
import { Proxy } from '../faults/cluster/proxy.js';
import { eventually } from '../support/eventually.js';
import { RedisServer } from '../support/redis-server.js';

describe('job queue in Redis', () => {
  runJobQueueContract(async () => {
    const server = await RedisServer.start();
    return { store: { kind: 'redis', url: server.url }, close: () => server.remove() };
  });
});

describe('job queue in a Redis that breaks', () => {
  let server: RedisServer;
  let queues: JobQueue[];

  beforeEach(async () => {
    queues = [];
    server = await RedisServer.start({ password: 'p@ss word/#1' });
  });

  afterEach(async () => {
    for (const queue of queues) {
      await queue.drain();
      await queue.close();
    }
    await server.remove();
  });

  function open(onError: (error: Error) => void = () => undefined): JobQueue {
    const queue = new JobQueue({ kind: 'redis', url: server.url }, onError);
    queues.push(queue);
    return queue;
  }

  it('takes and hands out jobs again when it is back, although it has forgotten everything', async () => {
    const errors: Error[] = [];
    const [producer, worker] = [open((error) => errors.push(error)), open()];
    await producer.ready();
    const done: unknown[] = [];
    worker.process(async (_name, data) => void done.push(data['n']), 1);
    await producer.add('run', { n: 1 }, 'run-before');
    await eventually('the first job is done', async () => (done.includes(1) ? true : null));

    await server.kill();
    const addedMeanwhile = producer.add('run', { n: 2 }, 'run-meanwhile');
    await eventually('the outage is told', async () => (errors.length > 0 ? true : null));
    await server.startAgain();
    await addedMeanwhile;
    await producer.add('run', { n: 3 }, 'run-after');
    await eventually('both jobs are done', async () => (done.length === 3 ? true : null));
    expect(done.toSorted()).toEqual([1, 2, 3]);
  });

  it('hands each job to one of two workers', async () => {
    const queue = open();
    await queue.ready();
    const seen: unknown[] = [];
    const takers = new Set<number>();
    for (const [index, worker] of [open(), open()].entries()) {
      worker.process(async (_name, data) => {
        seen.push(data['n']);
        takers.add(index);
        await eventually('the other one has a job too', async () => (takers.size === 2 ? true : null));
      }, 1);
    }
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    await queue.addAll(numbers.map((n) => ({ name: 'run', data: { n }, id: `run-${n}` })));
    await eventually('all are done', async () => (seen.length >= numbers.length ? true : null));
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(numbers);
  });

  it('is reached again when a connection is half-open', async () => {
    const proxy = await Proxy.to(server.port);
    const url = server.url.replace(String(server.port), String(proxy.port));
    const queue = new JobQueue({ kind: 'redis', url }, () => undefined);
    queues.push(queue);
    await queue.ready();
    const worked = new Promise<unknown>((resolve) => queue.process(async (_name, data) => resolve(data), 1));
    proxy.forgetPresent();
    const direct = open();
    await direct.add('run', { n: 1 }, 'run-half-open');
    expect(await worked).toEqual({ n: 1 });
    await eventually('the queue answers', async () => queue.counts().catch(() => null), 60);
    for (const each of queues.splice(0)) {
      await each.drain();
      await each.close();
    }
    await proxy.close();
  });

  it('says after a while that it does not answer, and can be closed', async () => {
    const queue = open();
    await queue.ready();
    await server.kill();
    await expect(queue.pending()).rejects.toThrow('Command timed out');
  });
});

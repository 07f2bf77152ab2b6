import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from '../logging/logger.js';
import { limitConnections } from './connections.js';

const GARBAGE = 'G\r\n\r\n';
const HALF_A_HEAD = 'GET / HTTP/1.1\r\nHost: here\r\n';
const NOTHING = '';

describe('connections', () => {
  const sockets: Socket[] = [];
  let server: Server;

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    await promisify(server.close.bind(server))();
  });

  async function listen(maximum: number, logger?: Logger): Promise<void> {
    server = createServer((_request, response) => response.end('alive'));
    limitConnections(server, maximum, logger);
  }

  async function opened(): Promise<void> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }

  /** A peer that never closes its side, whatever the server does. */
  async function peer(text: string): Promise<Socket> {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(socket);
    socket.on('error', () => undefined).on('data', () => undefined);
    await once(socket, 'connect');
    if (text !== '') socket.write(text);
    return socket;
  }

  const ask = async (): Promise<string> =>
    (
      await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers: { connection: 'close' } })
    ).text();
  const open = (): Promise<number> => promisify(server.getConnections.bind(server))();

  async function untilOpen(count: number): Promise<void> {
    while ((await open()) !== count) await sleep(20);
  }

  it('of 500 peers that never close are destroyed, while other callers are answered', async () => {
    await listen(0);
    // The limits of the next test, shortened.
    server.headersTimeout = 500;
    Object.assign(server, { connectionsCheckingInterval: 100 });
    await opened();
    const texts = [GARBAGE, HALF_A_HEAD, NOTHING];
    await Promise.all(Array.from({ length: 500 }, (_, index) => peer(texts[index % 3]!)));
    expect(await ask()).toBe('alive');
    await untilOpen(0);
    expect(await ask()).toBe('alive');
  });

  it('are closed within 15 s by default: the timeout of the head and the interval of the checks', async () => {
    await listen(0);
    await opened();
    const { connectionsCheckingInterval } = server as Server & { connectionsCheckingInterval: number };
    expect(server.headersTimeout + connectionsCheckingInterval).toBeLessThanOrEqual(15_000);
    expect(server.requestTimeout).toBe(30_000);
  });

  it('get the answer before they are closed', async () => {
    await listen(0);
    await opened();
    const socket = await peer('');
    const answer = once(socket, 'data');
    socket.write(GARBAGE);
    expect(String((await answer)[0])).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*"code":"malformed_request"/);
    await untilOpen(0);
  });

  it('above the maximum are closed at once', async () => {
    await listen(2);
    await opened();
    await peer(NOTHING);
    await peer(NOTHING);
    const third = await peer(NOTHING);
    third.resume();
    await once(third, 'end');
    expect(await open()).toBe(2);
  });

  it('are logged at their first refusal, then summed up once a minute', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    try {
      const lines: object[] = [];
      const logger = { warn: (counts: object) => lines.push(counts) } as unknown as Logger;
      await listen(1, logger);
      for (let time = 0; time < 3; time++) server.emit('drop');
      expect(lines).toEqual([{ above_maximum: 1, maximum: 1 }]);
      jest.advanceTimersByTime(60_000);
      expect(lines.slice(1)).toEqual([{ above_maximum: 2, maximum: 1 }]);
      jest.advanceTimersByTime(60_000);
      server.emit('drop');
      expect(lines.slice(2)).toEqual([{ above_maximum: 1, maximum: 1 }]);
    } finally {
      jest.useRealTimers();
      await opened();
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { orderlyClose, type CloseInOrder } from './orderly-close.js';

const REQUEST = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n';

describe('an orderly close', () => {
  let server: Server;
  let port: number;
  let close: CloseInOrder;
  const sockets: Socket[] = [];
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (response) => response.end('done');
    server = createServer((_request, response) => answer(response));
    close = orderlyClose(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
  });

  async function open(): Promise<{ socket: Socket; received: Promise<string> }> {
    const accepted = new Promise((resolve) => {
      server.once('connection', resolve);
    });
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    await accepted;
    const received = new Promise<string>((resolve, reject) => {
      let text = '';
      socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    return { socket, received };
  }

  it('answers a connection that was accepted before its request came', async () => {
    const { socket, received } = await open();
    const closed = close();
    socket.write(REQUEST);
    await closed;
    expect(await received).toMatch(/^HTTP\/1.1 200 OK[^]*Connection: close[^]*done/);
  });

  it('answers the next request on an idle connection', async () => {
    const { socket, received } = await open();
    socket.write(REQUEST);
    await new Promise((resolve) => {
      socket.once('data', resolve);
    });
    const closed = close();
    await new Promise((resolve) => setImmediate(resolve));
    socket.write(REQUEST);
    await closed;
    expect((await received).match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
    expect(await received).toMatch(/Connection: close[^]*done$/);
  });

  it('accepts connections, and announces the close, until other work has ended', async () => {
    let end: () => void = () => undefined;
    const closed = close(
      new Promise<void>((resolve) => {
        end = resolve;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { socket, received } = await open();
    socket.write(REQUEST);
    expect(await received).toMatch(/^HTTP\/1.1 200 OK[^]*Connection: close[^]*done/);
    expect(server.listening).toBe(true);
    end();
    await closed;
    expect(server.listening).toBe(false);
  });

  it('closes the server even when other work fails', async () => {
    await close(Promise.reject(new Error('broken')));
    expect(server.listening).toBe(false);
  });

  it('answers a request that came while the process was busy', async () => {
    const { socket, received } = await open();
    const closed = close();
    while (server.listening) await new Promise((resolve) => setImmediate(resolve));
    socket.write(REQUEST);
    // Longer than idle connections stay open.
    const until = performance.now() + 1300;
    while (performance.now() < until);
    await closed;
    expect(await received).toMatch(/^HTTP\/1.1 200 OK[^]*done/);
  });

  it('answers all connections that were queued while the process was busy', async () => {
    const queued = Array.from({ length: 20 }, () => {
      const socket = connect(port, '127.0.0.1', () => socket.write(REQUEST));
      sockets.push(socket);
      return socket;
    });
    const answers = queued.map(
      (socket) =>
        new Promise<string>((resolve) => {
          socket.on('data', (bytes: Buffer) => resolve(bytes.toString().slice(0, 15)));
          socket.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
        }),
    );
    // The system completes all their handshakes meanwhile.
    const until = performance.now() + 100;
    while (performance.now() < until);
    await close();
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  });

  it('waits for an answer in progress', async () => {
    let finish: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = (response) => {
        finish = () => response.end('late');
        resolve();
      };
    });
    const { socket, received } = await open();
    socket.write(REQUEST);
    await asked;
    let isClosed = false;
    const closed = close().then(() => {
      isClosed = true;
      return null;
    });
    // Longer than idle connections stay open.
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(isClosed).toBe(false);
    finish();
    await closed;
    expect(await received).toContain('late');
  });

  it('refuses new connections and closes idle ones', async () => {
    const { received } = await open();
    const closed = close();
    while (server.listening) await new Promise((resolve) => setImmediate(resolve));
    const refused = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve('let in'));
      sockets.push(socket);
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(refused).toBe('ECONNREFUSED');
    await closed;
    expect(await received).toBe('');
  });

  it('does nothing to a server that does not listen', async () => {
    await close();
    await close();
    await orderlyClose(createServer())();
    expect(server.listening).toBe(false);
  });
});

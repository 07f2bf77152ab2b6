import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the proxy does with bytes: `open` passes them on, `silent` swallows them, `refuse` takes no new connection. */
type Mode = 'open' | 'silent' | 'refuse';

/**
 * A TCP proxy in front of the database that breaks in the ways networks do: connections that are cut, refused, or
 * half-open (nobody says that the other end is gone).
 */
export class Proxy {
  private readonly pairs = new Set<readonly [near: Socket, far: Socket]>();
  /** Connections that stay silent for good, although new ones pass. */
  private readonly dead = new WeakSet<Socket>();
  private readonly sockets = new Set<Socket>();
  private mode: Mode = 'open';

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (near) => this.accept(near));
  }

  static async to(port: number): Promise<Proxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new Proxy(server, port);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Everything passes again; connections that were half-open stay so. */
  open(): void {
    this.mode = 'open';
  }

  /** Connections stay up and nothing comes through, neither on the present ones nor on new ones. */
  silence(): void {
    this.mode = 'silent';
    this.forgetPresent();
  }

  /** The present connections are half-open from now on, new ones pass: as after a failover or a lost table of a router. */
  forgetPresent(): void {
    for (const [near, far] of this.pairs) this.dead.add(near).add(far);
  }

  /** Cuts the present connections and refuses new ones. */
  refuse(): void {
    this.mode = 'refuse';
    this.cut();
  }

  /** Cuts the present connections. */
  cut(): void {
    for (const [near, far] of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private accept(near: Socket): void {
    // A cut connection is what this is for; the next attempt is a new one.
    near.on('error', () => near.destroy());
    if (this.mode === 'refuse') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    far.on('error', () => near.resetAndDestroy());
    for (const socket of [near, far]) this.sockets.add(socket.on('close', () => this.sockets.delete(socket)));
    const pair = [near, far] as const;
    this.pairs.add(pair);
    if (this.mode === 'silent') this.dead.add(near).add(far);
    this.pass(near, far);
    this.pass(far, near);
    near.on('close', () => {
      this.pairs.delete(pair);
      // A half-open connection is not closed at the other end: that is what it is.
      if (!this.dead.has(far)) far.destroy();
    });
    far.on('close', () => {
      if (!this.dead.has(near)) near.destroy();
    });
  }

  private pass(from: Socket, to: Socket): void {
    from.on('data', (bytes) => {
      if (!this.dead.has(from)) to.write(bytes);
    });
    from.on('end', () => {
      if (!this.dead.has(from)) to.end();
    });
  }
}

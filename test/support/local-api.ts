import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** On the monotonic clock of this process, ms. */
  readonly at: number;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => unknown;

/** An outside API on this machine: answers what the test says, and keeps a log of what it was asked. */
export class LocalApi {
  readonly requests: SeenRequest[] = [];
  answer: Answer = (_request, response) => response.writeHead(404).end();

  private constructor(private readonly server: Server) {}

  static async start(answer?: Answer): Promise<LocalApi> {
    const server = createServer();
    const api = new LocalApi(server);
    if (answer) api.answer = answer;
    server.on('request', (req, res) => {
      const at = performance.now();
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        const { method = '', headers, url = '/' } = req;
        const request = { method, url: new URL(url, 'http://local'), headers, body, at };
        api.requests.push(request);
        api.answer(request, res);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return api;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was asked, as `GET /path?query`. */
  get asked(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url.pathname}${url.search}`);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export function sendJson(response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

/** What stands in the way between an API and us when something is wrong there. */
export const DISTURBANCES: Readonly<Record<string, Answer>> = {
  'an error page with status 200': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>Just a moment...</h1></html>'),
  'an error page with status 502': (_request, response) =>
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>'),
  'JSON that is cut off': (_request, response) => response.writeHead(200).end('{"data": [{"value": "40"'),
  'a body that is cut off': (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"data": [');
    setImmediate(() => response.destroy());
  },
  'a connection that is reset': (_request, response) => response.socket?.resetAndDestroy(),
  'a body that comes too slowly': (_request, response) => response.writeHead(200).write('{"data":'),
  'no answer at all': () => undefined,
  'a body without end': (_request, response) => {
    const more = (): boolean => response.write(' '.repeat(65_536));
    response.on('drain', more);
    while (more());
  },
  nothing: (_request, response) => response.writeHead(200).end(),
  'a redirect': (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
};

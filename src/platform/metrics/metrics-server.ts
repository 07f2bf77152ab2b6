import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';
import { StartError } from '../config/start-error.js';
import { NotSignedIn } from '../http/problems/app-errors.js';
import { failureOf } from '../http/problems/failure-of.js';
import { sendProblem } from '../http/problems/problem.filter.js';
import type { Metrics } from './metrics.js';

/** A separate port for the metrics, which a firewall can close to the outside. */
export interface MetricsServer {
  /** `http://<address>:<port>/metrics` */
  readonly url: string;
  close(): Promise<void>;
}

export interface MetricsServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Required as a bearer token; null: anyone may read. */
  readonly token: string | null;
  readonly onError: (error: Error) => void;
}

/** Serves `GET /metrics` and nothing else. @throws StartError when the port cannot be opened. */
export async function openMetricsServer(metrics: Metrics, options: MetricsServerOptions): Promise<MetricsServer> {
  const { host, port, token, onError } = options;
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== METRICS_PATH) return answer(response, 404, 'There is only /metrics here.\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return answer(response, 405, 'This path answers GET, HEAD.\n');
    }
    if (!mayReadMetrics(request, token)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      return answer(response, 401, 'Send the token of METRICS_TOKEN as a bearer token.\n');
    }
    metrics.text().then(
      (text) => answer(response, 200, text, metrics.contentType),
      (error: Error) => {
        onError(error);
        answer(response, 500, 'The metrics could not be read.\n');
      },
    );
  });
  await listen(server, host, port);
  const { address, port: used, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${used}${METRICS_PATH}`,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(new StartError(`The metrics cannot be served on port ${port} (METRICS_PORT): ${code ?? message}`)),
    );
    server.listen(port, host, resolve);
  });
}

export const METRICS_PATH = '/metrics';

/** Anyone may read the metrics when there is no token. A given one is compared in constant time. */
function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Fixed length, as timingSafeEqual requires. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `GET /metrics` on the port of the API, for callers with the token. */
export function metricsRoute(metrics: () => Metrics, token: string): RequestHandler {
  return async (req: Request, res: Response): Promise<void> => {
    if (!mayReadMetrics(req, token)) {
      const refusal = new NotSignedIn('not_signed_in', 'Send the token of METRICS_TOKEN as a bearer token.');
      return sendProblem(req, res, failureOf(refusal));
    }
    const text = await metrics().text();
    res.setHeader('Content-Type', metrics().contentType);
    res.setHeader('Cache-Control', 'no-store');
    res.end(text);
  };
}

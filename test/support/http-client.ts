import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestApp } from './app.js';

/** A request as it goes over the wire: the path is sent as it stands, encoded or not. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Sends exactly this, without the tidying up that a client library does. */
export function sendTo(t: TestApp, { method, path, headers, body }: WireRequest): Promise<WireAnswer> {
  const { port } = t.app.getHttpServer().address() as AddressInfo;
  return new Promise((answered, failed) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = { agent, host: '127.0.0.1', port, method: method.toUpperCase(), path };
    const sent = request({ ...options, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        // An answer without end: its first event is enough.
        response.once('data', (chunk: Buffer) => {
          response.destroy();
          answered({ status: response.statusCode ?? 0, headers: response.headers, text: chunk.toString('utf8') });
        });
        return;
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        answered({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { toProblem, type Failure } from './problem.js';
import { sendProblem } from './problem.filter.js';

const BY_CODE: Readonly<Record<string, Failure>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    detail: 'Path, query and headers together are larger than 16 KiB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    detail: 'The request took too long to arrive.',
  },
};
const MALFORMED: Failure = { status: 400, code: 'malformed_request', detail: 'This is not an HTTP request.' };

/**
 * Answers requests that Node's parser refuses (too large a head, a late head, not HTTP) in the one error format, and
 * destroys the connection once the answer is written: HTTP servers allow half-open sockets, so a peer that never closes
 * its side would hold the descriptor.
 * @param onRefused called with Node's code for each such connection.
 */
export function answerUnreadableRequests(server: Server, onRefused?: (code: string) => void): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // The caller is gone, or an answer has already started.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    onRefused?.(error.code ?? '');
    socket.end(answerTo(BY_CODE[error.code ?? ''] ?? MALFORMED));
    socket.destroySoon();
  });
  server.on('checkExpectation', answerExpectation);
  // refuseWithoutHost answers instead: Node would refuse a request without Host with an empty body.
  Object.assign(server, { requireHostHeader: false });
}

/** HTTP/1.1 requires exactly one Host header (RFC 9112, section 3.2). */
export function refuseWithoutHost(req: Request, res: Response, next: NextFunction): void {
  if (req.headers.host !== undefined || req.httpVersion !== '1.1') return next();
  const detail = 'An HTTP/1.1 request needs a Host header.';
  res.setHeader('Connection', 'close');
  sendProblem(req, res, { status: 400, code: 'host_missing', detail });
}

/** Refuses any `Expect` but 100-continue; Node would do so without a body. */
function answerExpectation(req: IncomingMessage, res: ServerResponse): void {
  const failure: Failure = {
    status: 417,
    code: 'expectation_failed',
    detail: 'Only Expect: 100-continue is supported.',
  };
  const traceId = randomUUID();
  const body = JSON.stringify(toProblem(failure, req.url ?? '/', traceId));
  res.writeHead(failure.status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-ID': traceId,
    Connection: 'close',
  });
  res.end(body);
}

function answerTo(failure: Failure): string {
  const traceId = randomUUID();
  const body = JSON.stringify(toProblem(failure, '/', traceId));
  return [
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-ID: ${traceId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

import {
  Catch,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { traceIdOf } from '../request-log.js';
import { databaseCauseOf, failureOf } from './failure-of.js';
import { toProblem, type Failure } from './problem.js';
import { allowedMethods } from '../route-methods.js';

/** The only place that turns a thrown value into `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const req = host.switchToHttp().getRequest<Request>();
    const res = host.switchToHttp().getResponse<Response>();
    const failure = withWrongMethod(failureOf(thrown), req);
    const cause = databaseCauseOf(thrown);
    if (failure.status >= 500 || cause !== '') this.log(thrown, failure, cause, req);
    sendProblem(req, res, failure);
  }

  private log(thrown: unknown, failure: Failure, cause: string, req: Request): void {
    const line = `${failure.code} at ${req.method} ${pathOf(req)}, trace ${traceIdOf(req)}${cause && `: ${cause}`}`;
    if (failure.unforeseen === true) this.logger.error(line, stackOf(thrown));
    // The database's own text repeats values of the request.
    else if (failure.status < 500) this.logger.warn(line);
    else this.logger.warn(thrown instanceof Error ? `${line}: ${thrown.message}` : line);
  }
}

/** Includes the causes: our own error often wraps one of a library. */
function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.stack ?? thrown.message;
  return thrown.cause === undefined ? own : `${own}\nCaused by: ${stackOf(thrown.cause)}`;
}

/** Answers with the document of the failure. Destroys the connection when an answer has already started. */
export function sendProblem(req: Request, res: Response, failure: Failure): void {
  if (res.headersSent) {
    // Half an answer cannot be taken back; the cut tells the caller that it is incomplete.
    res.destroy();
    return;
  }
  const traceId = traceIdOf(req);
  const body = JSON.stringify(toProblem(failure, req.originalUrl, traceId));
  res.status(failure.status);
  for (const [name, value] of Object.entries(failure.headers ?? {})) res.setHeader(name, value);
  if (failure.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  // These describe the intended answer, which was not sent.
  for (const name of ['ETag', 'Location']) res.removeHeader(name);
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Request-ID', traceId);
  res.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** The failure of a path without a route; 405 with `Allow` when only the method is wrong. */
export function unknownRoute(req: Request): Failure {
  return withWrongMethod({ status: 404, code: 'not_found', detail: 'There is nothing at this path.' }, req);
}

/**
 * The framework reports an unknown path and a wrong method alike. A 404 that a route raised stays a 404, because its
 * path has the method.
 */
function withWrongMethod(failure: Failure, req: Request): Failure {
  if (failure.status !== 404) return failure;
  const allowed = allowedMethods(req.app, pathOf(req));
  if (allowed.length === 0 || allowed.includes(req.method)) return failure;
  return {
    status: 405,
    code: 'method_not_allowed',
    detail: `This path supports ${allowed.join(', ')}.`,
    headers: { Allow: allowed.join(', ') },
  };
}

function pathOf(req: Request): string {
  return req.originalUrl.split(/[?#]/, 1)[0] ?? '/';
}

/**
 * The framework answers unknown paths below the prefix only; elsewhere Express would send its HTML page. This handler
 * is registered after all modules, so it runs behind their routes.
 */
@Injectable()
export class UnknownRouteHandler implements OnApplicationBootstrap {
  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    // A command without a server has no adapter.
    if (!this.host.httpAdapter) return;
    this.host.httpAdapter.use((req: Request, res: Response) => sendProblem(req, res, unknownRoute(req)));
  }
}

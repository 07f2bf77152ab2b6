import type { IncomingMessage } from 'node:http';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Observable } from 'rxjs';
import { FIELD_WORDS, unknownName } from '../../../domain/params/validate-params.js';
import { violationOf, pointerTo } from '../../../domain/violation.js';
import { MalformedRequest } from '../problems/app-errors.js';
import { failureOf } from '../problems/failure-of.js';
import { sendProblem } from '../problems/problem.filter.js';
import { invalidBody } from './validation.js';

/** Largest body, after decompression. */
const BODY_LIMIT = '100kb';
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON bodies in UTF-8, and answers 400, 413 and 415 to others. Does not read the body of a method that has none.
 * Any JSON passes, so that the pipe says what it must be.
 */
export function readJsonBody(): RequestHandler {
  const parse = express.json({ limit: BODY_LIMIT, strict: false, verify: checkBytes });
  return (req, res, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
    if (!isJson(req)) return refuseType(req, res);
    // Answered here, because the framework would turn the parser's error into a bare 400.
    parse(req, res, (error?: unknown) => (error === undefined ? next() : sendProblem(req, res, failureOf(error))));
  };
}

/** express.json() silently skips a body of another type, and the caller would be told of missing fields instead. */
function isJson(req: Request): boolean {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  return !hasBody || (Boolean(req.is('application/json')) && isUtf8(req.get('content-type') ?? ''));
}

/** JSON is UTF-8 (RFC 8259), unless a parameter says otherwise. */
function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8';
  return charset.toLowerCase() === 'utf-8';
}

function refuseType(req: Request, res: Response): void {
  sendProblem(req, res, {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Send the body as application/json in UTF-8.',
    headers: { 'Accept-Post': 'application/json' },
  });
}

/** The parser would replace bytes that are not UTF-8 by U+FFFD, and they would be stored like that. */
function checkBytes(req: Request, res: Response, body: Buffer): void {
  try {
    UTF_8.decode(body);
  } catch {
    throw new MalformedRequest('malformed_json', 'The body is not UTF-8.');
  }
  storeRawBody(req, res, body);
}

const NOTHING = Buffer.alloc(0);

/** Stores the bytes of a body that must be recognised when the request is repeated. */
function storeRawBody(req: IncomingMessage, _res: unknown, body: Buffer): void {
  if (req.headers['idempotency-key'] !== undefined) (req as { rawBody?: Buffer }).rawBody = body;
}

/** The body of a request with an Idempotency-Key, after decompression; empty when it has none. */
export function rawBodyOf(req: object): Buffer {
  return (req as { rawBody?: Buffer }).rawBody ?? NOTHING;
}

/**
 * Refuses fields in the body of an operation that takes none, so that a caller learns that its `{"at": "..."}` has no
 * effect. No body and `{}` are alike.
 */
export class NoBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body } = context.switchToHttp().getRequest<Request>();
    if (body !== undefined && !readsBody(context)) refuse(body);
    return next.handle();
  }
}

function refuse(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidBody([violationOf('', 'wrong_type', 'be empty')]);
  }
  const names = Object.keys(body);
  if (names.length === 0) return;
  throw invalidBody(names.map((name) => unknownName(pointerTo('', [name]), name, [], FIELD_WORDS)));
}

function readsBody(context: ExecutionContext): boolean {
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

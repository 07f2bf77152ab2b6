import { createHmac } from 'node:crypto';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  applyDecorators,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { mergeMap, of, type Observable } from 'rxjs';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { ApiProblems, IDEMPOTENCY_KEY_HEADER } from '../http/docs/api-docs.js';
import { rawBodyOf } from '../http/input/request-body.js';
import { MalformedRequest } from '../http/problems/app-errors.js';
import { clientAddress } from '../http/client-address.js';
import { IdempotencyStore, type StoredAnswer, type KeyedRequest } from './idempotency.store.js';
import { checkSameRequest, KeyedScope, type IdempotencyScope } from './idempotency-scope.js';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;
/** Headers of the answer that describe the created resource. */
const STORED_HEADERS = ['Location', 'ETag'];
const REPLAYED_HEADER = 'Idempotency-Replayed';

/**
 * Replays the answer to a request whose Idempotency-Key has been answered. Otherwise passes the request on with a
 * {@link KeyedScope}, and stores its answer when it succeeds. A failed request stores nothing, and its key stays free.
 * If its effect was committed before it failed, a retry is answered with the created resource.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly secret: Buffer;

  constructor(
    private readonly store: IdempotencyStore,
    @Inject(CONFIG) config: AppConfig,
  ) {
    this.secret = createHmac('sha256', config.jwtSecret).update('conclave:idempotency').digest();
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const req = context
      .switchToHttp()
      .getRequest<Request & { idempotencyScope?: IdempotencyScope; user?: { id: string } }>();
    const res = context.switchToHttp().getResponse<Response>();
    const key = keyOf(req);
    if (key === null) return next.handle();
    const caller = req.user ? `user:${req.user.id}` : `address:${clientAddress(req)}`;
    const request: KeyedRequest = { caller, key, requestHash: this.hashOf(req) };
    const earlier = await this.store.find(request);
    if (earlier) checkSameRequest(request, earlier);
    if (earlier?.answer) return of(repeat(res, earlier.answer));
    const once = new KeyedScope(this.store, request);
    req.idempotencyScope = once;
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        if (once.repeated) res.setHeader(REPLAYED_HEADER, 'true');
        await this.store.storeAnswer(request, answerOf(res, body));
        return body;
      }),
    );
  }

  /** An HMAC, because a body can hold a password, which could be guessed from a plain hash. */
  private hashOf(req: Request): string {
    const hmac = createHmac('sha256', this.secret).update(`${req.method} ${req.originalUrl}\n`);
    return hmac.update(rawBodyOf(req)).digest('hex');
  }
}

/** @throws MalformedRequest (400 `bad_idempotency_key`). */
function keyOf(req: Request): string | null {
  const key = req.get('idempotency-key');
  if (key === undefined) return null;
  if (VISIBLE_ASCII.test(key)) return key;
  throw new MalformedRequest('bad_idempotency_key', 'An Idempotency-Key must be 1 to 255 visible ASCII characters.');
}

function answerOf(res: Response, body: unknown): StoredAnswer {
  const headers = STORED_HEADERS.flatMap((name) => {
    const value = res.getHeader(name);
    return value === undefined ? [] : [[name, String(value)]];
  });
  return { status: res.statusCode, headers: Object.fromEntries(headers), body: JSON.stringify(body) };
}

function repeat(res: Response, answer: StoredAnswer): unknown {
  res.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.setHeader(REPLAYED_HEADER, 'true');
  return JSON.parse(answer.body);
}

/**
 * The route accepts an Idempotency-Key. Its handler takes `@Idempotency() once: IdempotencyScope` and passes it to the
 * transaction that creates something; otherwise no row is written, and a repeated request has its effect twice.
 */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader(IDEMPOTENCY_KEY_HEADER),
    ApiProblems(400, 409, 422),
  );
}

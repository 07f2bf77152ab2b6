import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiProblems, IDEMPOTENCY_KEY_HEADER } from '../http/docs/api-docs.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * The route accepts an Idempotency-Key. Its handler takes `@Idempotency() once: IdempotencyScope` and hands it to the transaction that
 * makes something; without that, a repeated request would be answered alike but have its effect twice.
 */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader(IDEMPOTENCY_KEY_HEADER),
    ApiProblems(400, 409, 422),
  );
}

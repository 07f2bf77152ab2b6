import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { FIELD_WORDS, unknownName } from '../../../domain/params/schema-violations.js';
import { violationOf } from '../../../domain/violation-sentences.js';
import { pointerTo } from '../../../domain/params/pointer.js';
import { invalidBody } from './validation.js';

/**
 * Refuses fields in the body of an operation that takes none: whoever sends `{"at": "..."}` must hear that nobody reads
 * it. No body and `{}` are alike.
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

/** Whether the handler has a parameter of `@Body()`. */
function readsBody(context: ExecutionContext): boolean {
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { traceIdOf } from '../../platform/http/request-log.js';
import type { SignedInUser } from '../access.js';

/** Who asked for a change, and in which request: what the audit log adds to it. */
export interface RequestOrigin {
  readonly actor: SignedInUser | null;
  readonly trace_id: string;
}

/** `@RequestedBy() by: RequestOrigin`, to be spread into `AuditLogService.record`. */
export const RequestedBy = createParamDecorator((_data: unknown, context: ExecutionContext): RequestOrigin => {
  const request = context.switchToHttp().getRequest<{ user?: SignedInUser }>();
  return { actor: request.user ?? null, trace_id: traceIdOf(request) };
});

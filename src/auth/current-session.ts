import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { notSignedIn } from './access.js';

/** The id of the session whose access token made the request; on a public route: 401. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { sessionId } = context.switchToHttp().getRequest<{ sessionId?: string }>();
  if (sessionId === undefined) throw notSignedIn();
  return sessionId;
});

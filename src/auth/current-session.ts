import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { notSignedIn } from './access.js';
import type { AuthInfo } from './jwt.strategy.js';

/** The id of the session whose access token made the request; on a public route: 401. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { authInfo } = context.switchToHttp().getRequest<{ authInfo?: AuthInfo }>();
  if (authInfo === undefined) throw notSignedIn();
  return authInfo.sessionId;
});

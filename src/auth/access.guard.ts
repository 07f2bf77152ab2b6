import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { NotAllowed } from '../platform/http/problems/app-errors.js';
import { ACCESS, PUBLIC } from '../platform/http/public-route.js';
import { notSignedIn, type Access, type Role, type SignedInUser } from './access.js';
import { AccessTokensService } from './tokens/access-tokens.service.js';
import { SessionsStore } from './tokens/sessions.store.js';
import { toSignedInUser } from './users/user.view.js';

const BEARER = /^Bearer ([A-Za-z0-9_.-]+)$/i;

/**
 * Stands before every route. It reads the route's mark; a route without one is refused, so that a forgotten mark
 * shows as a route nobody can call, not as one that everybody can. User and session are read anew for every
 * request: a new role, a switched-off user and a sign-out count at once.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly accessTokens: AccessTokensService,
    private readonly sessions: SessionsStore,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === PUBLIC) return true;
    const request = context.switchToHttp().getRequest<Request & { user?: SignedInUser; sessionId?: string }>();
    const { user, sessionId } = await this.authenticate(request);
    if (!access?.includes(user.role)) throw notForRole(access);
    request.user = user;
    request.sessionId = sessionId;
    return true;
  }

  private async authenticate(request: Request): Promise<{ user: SignedInUser; sessionId: string }> {
    const token = BEARER.exec(request.get('authorization') ?? '')?.[1];
    const claims = token === undefined ? null : await this.accessTokens.verify(token);
    const found = claims && (await this.sessions.findSessionUser(claims.userId, claims.sessionId));
    if (!claims || !found?.is_active || !found.session_open) throw notSignedIn();
    return { user: toSignedInUser(found), sessionId: claims.sessionId };
  }
}

function notForRole(access: readonly Role[] = []): NotAllowed {
  const roles = access.length === 1 ? 'role' : 'roles';
  return new NotAllowed('not_allowed', `This is for the ${roles} ${access.join(' and ') || 'of nobody'}.`);
}

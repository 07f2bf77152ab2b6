import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { NotAllowed } from '../platform/http/problems/app-errors.js';
import { ACCESS, PUBLIC } from '../platform/http/public-route.js';
import { INITIAL_PASSWORD, type Access, type Role, type SignedInUser } from './access.js';
import type { AuthInfo } from './jwt.strategy.js';

/**
 * Runs after `JwtAuthGuard` on every route. A route without a mark is refused, so that a forgotten mark closes a route
 * and does not open it.
 */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access === PUBLIC) return true;
    const { user, authInfo } = context.switchToHttp().getRequest<{ user?: SignedInUser; authInfo?: AuthInfo }>();
    if (authInfo?.mustChangePassword && !this.reflector.get<true | undefined>(INITIAL_PASSWORD, context.getHandler())) {
      throw passwordChangeRequired();
    }
    if (!user || !access?.includes(user.role)) throw notForRole(access);
    return true;
  }
}

export function passwordChangeRequired(): NotAllowed {
  const message =
    'Your password was set by somebody else. Change it first: PATCH /auth/me with current_password and password.';
  return new NotAllowed('password_change_required', message);
}

function notForRole(access: readonly Role[] = []): NotAllowed {
  return new NotAllowed('not_allowed', `Your role does not allow this. Allowed: ${access.join(', ') || 'nobody'}.`);
}

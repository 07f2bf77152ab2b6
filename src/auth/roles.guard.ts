import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { NotAllowed } from '../platform/http/problems/app-errors.js';
import { ACCESS, PUBLIC } from '../platform/http/public-route.js';
import type { Access, Role, SignedInUser } from './access.js';

/**
 * Stands behind `JwtAuthGuard` before every route. A route without a mark is refused, so that a forgotten mark shows as
 * a route nobody can call, not as one that everybody can.
 */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access === PUBLIC) return true;
    const { user } = context.switchToHttp().getRequest<{ user?: SignedInUser }>();
    if (!user || !access?.includes(user.role)) throw notForRole(access);
    return true;
  }
}

function notForRole(access: readonly Role[] = []): NotAllowed {
  return new NotAllowed('not_allowed', `Your role does not allow this. Allowed: ${access.join(', ') || 'nobody'}.`);
}

import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ACCESS, PUBLIC } from '../platform/http/public-route.js';
import { notSignedIn, type Access } from './access.js';
import { JwtStrategy } from './jwt.strategy.js';

/** Guards every route that is not `@Public()`, whatever its other marks: 401 without a valid token. */
@Injectable()
export class JwtAuthGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    strategy: JwtStrategy,
  ) {
    super({ defaultStrategy: strategy.name });
  }

  override canActivate(context: ExecutionContext) {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) === PUBLIC) return true;
    return super.canActivate(context);
  }

  /** An error says nothing about the token: the database may be down, for example. */
  override handleRequest<T>(error: unknown, user: T | null | false): T {
    if (error) throw error;
    if (!user) throw notSignedIn();
    return user;
  }
}

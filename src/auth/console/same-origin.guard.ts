import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { NotAllowed } from '../../platform/http/problems/app-errors.js';

/**
 * The browser adds the cookie by itself, also for a page on another port or subdomain, which is the same site. Such a
 * page could end or open a session here, so that browsers must say that the request is the console's own.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const site = context.switchToHttp().getRequest<Request>().get('sec-fetch-site');
    // None: not a browser, or one that is older than the header.
    if (site === undefined || site === 'same-origin' || site === 'none') return true;
    throw new NotAllowed('other_origin', 'This is for the console that this server serves. Use POST /auth/login.');
  }
}

import {
  Body,
  Controller,
  Delete,
  HttpCode,
  Post,
  Req,
  Res,
  UseGuards,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, PickType } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblem, ApiProblems } from '../platform/http/docs/api-docs.js';
import { NotSignedIn, NotAllowed } from '../platform/http/problems/app-errors.js';
import { ClientAddress } from '../platform/http/client-address.js';
import { Public } from './access.js';
import { RequestedBy, type RequestOrigin } from './audit-log/audit-log.service.js';
import { LoginBody, TokensView } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { SessionsService, REFRESH_TOKEN_DAYS } from './tokens/sessions.service.js';

/**
 * A browser adds the cookie by itself, even for a page on another port or subdomain, which is the same site. Such a
 * page could open or end a session here, so browsers must confirm that the request has the same origin.
 */
@Injectable()
class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const site = context.switchToHttp().getRequest<Request>().get('sec-fetch-site');
    // No header: not a browser, or one that predates it.
    if (site === undefined || site === 'same-origin' || site === 'none') return true;
    throw new NotAllowed('other_origin', 'This path is only for the console of this server. Use POST /auth/login.');
  }
}

class ConsoleSessionView extends PickType(TokensView, ['access_token', 'token_type', 'expires_in'] as const) {}

function toConsoleSessionView({ access_token, token_type, expires_in }: TokensView): ConsoleSessionView {
  return { access_token, token_type, expires_in };
}

const OTHER_ORIGIN = 'The request comes from a page of another origin (`other_origin`).';

/** Sessions of a browser: the refresh token is in a cookie that no script can read. */
@ApiTags('auth')
@Controller('auth/session')
@UseGuards(SameOriginGuard)
export class ConsoleSessionController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'openConsoleSession',
    summary: 'Sign in from the console',
    description:
      'Like login, but the refresh token is set as a cookie (HttpOnly, SameSite=Strict). Failures count together with ' +
      'those of login.',
  })
  @ApiOkResponse({ type: ConsoleSessionView, description: 'A new session.' })
  @ApiProblem(403, OTHER_ORIGIN)
  @ApiProblems(400, 401, 413, 415, 422, 503)
  async open(
    @Body() body: LoginBody,
    @RequestedBy() by: RequestOrigin,
    @ClientAddress() address: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ConsoleSessionView> {
    const tokens = await this.auth.login(body, by, address, 'console');
    setSessionCookie(req, res, tokens.refresh_token);
    return toConsoleSessionView(tokens);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'continueConsoleSession',
    summary: 'Refresh the console session',
    description:
      'The cookie is exchanged, too. The one before counts for a minute more: two tabs may ask at once, and a page may ' +
      'be reloaded before it has the answer. After that, using it again ends the session.',
  })
  @ApiOkResponse({ type: ConsoleSessionView, description: 'The next access token.' })
  @ApiProblem(403, OTHER_ORIGIN)
  @ApiProblems(400, 401, 503)
  async continue(
    @RequestedBy() by: RequestOrigin,
    @ClientAddress() address: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ConsoleSessionView> {
    const token = sessionCookieOf(req);
    if (token === null) throw new NotSignedIn('no_console_session', 'This browser is not signed in. Sign in first.');
    const tokens = await this.sessions.refresh(token, by, address, 'console');
    setSessionCookie(req, res, tokens.refresh_token);
    return toConsoleSessionView(tokens);
  }

  @Delete()
  @HttpCode(204)
  @Public()
  @ApiOperation({
    operationId: 'closeConsoleSession',
    summary: 'Sign out from the console',
    description: 'Ends the session of the cookie and removes the cookie. The answer is the same without a session.',
  })
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiProblem(403, OTHER_ORIGIN)
  @ApiProblems(400, 503)
  async close(
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<void> {
    const token = sessionCookieOf(req);
    if (token !== null) await this.sessions.close(token, by, 'session.closed', 'console');
    clearSessionCookie(req, res);
  }
}

const NAME = 'conclave_session';
/** Browsers send the cookie to no other route. */
const PATH = '/api/v1/auth/session';
/** The format of our tokens: 32 bytes in base64url. */
const COOKIE = new RegExp(`(?:^|;\\s*)${NAME}=([A-Za-z0-9_-]{43})(?:;|$)`);

function sessionCookieOf(req: Request): string | null {
  return COOKIE.exec(req.get('cookie') ?? '')?.[1] ?? null;
}

/**
 * Stores the refresh token in the browser: no script can read it, and no page of another site can send it. When the
 * console came over https, the cookie travels over https only.
 */
function setSessionCookie(req: Request, res: Response, token: string): void {
  res.cookie(NAME, token, { ...attributesFor(req), maxAge: REFRESH_TOKEN_DAYS * 86_400_000 });
}

function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(NAME, attributesFor(req));
}

function attributesFor(req: Request) {
  return { path: PATH, httpOnly: true, sameSite: 'strict', secure: req.secure } as const;
}

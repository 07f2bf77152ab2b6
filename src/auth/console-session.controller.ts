import {
  Body,
  Controller,
  Delete,
  HttpCode,
  Post,
  Req,
  Res,
  UseGuards,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, PickType } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { ApiProblem, ApiProblems } from '../platform/http/docs/api-docs.js';
import { NotSignedIn, NotAllowed } from '../platform/http/problems/app-errors.js';
import { ClientAddress } from '../platform/http/client-address.js';
import { Public } from './access.js';
import { RequestedBy, type RequestOrigin } from './audit-log/audit-log.service.js';
import { ConsoleLoginBody, TokensView } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { ConsoleCookies } from './console-cookies.js';
import { SessionsService } from './tokens/sessions.service.js';

/** None: somebody typed the address. */
const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * A browser adds the cookie by itself, even for a page on another port or subdomain, which is the same site. Such a
 * page could open or end a session here, so browsers must confirm that the request has the same origin.
 */
@Injectable()
class SameOriginGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request>();
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    // Browsers send Sec-Fetch-Site to https and to this machine alone, Origin with every POST and DELETE. A program sends neither.
    const own = site === undefined ? origin === undefined || this.isOwn(origin, req) : OWN_SITES.has(site);
    if (own) return true;
    const message =
      'This is for the console that this server serves: programs use POST /auth/login. Behind a proxy that changes Host, set ' +
      'PUBLIC_URL.';
    throw new NotAllowed('other_origin', message);
  }

  /** The scheme says nothing: TLS may end at a proxy. */
  private isOwn(origin: string, req: Request): boolean {
    const url = URL.parse(origin);
    // With the scheme, a default port is left out on both sides.
    return (
      url !== null && (origin === this.config.publicUrl || url.host === URL.parse(`${url.protocol}//${req.host}`)?.host)
    );
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
    private readonly cookies: ConsoleCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'openConsoleSession',
    summary: 'Sign in from the console',
    description:
      'Like login, but refresh token and device token are set as cookies (HttpOnly, SameSite=Strict). Failures count ' +
      'together with those of login.',
  })
  @ApiOkResponse({ type: ConsoleSessionView, description: 'A new session.' })
  @ApiProblem(403, OTHER_ORIGIN)
  @ApiProblems(400, 401, 413, 415, 422, 503)
  async open(
    @Body() body: ConsoleLoginBody,
    @RequestedBy() by: RequestOrigin,
    @ClientAddress() address: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ConsoleSessionView> {
    const tokens = await this.auth.login(body, { by, address, deviceToken: this.cookies.device(req) }, 'console');
    this.cookies.setSession(req, res, tokens);
    this.cookies.setDevice(req, res, tokens);
    return toConsoleSessionView(tokens);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'continueConsoleSession',
    summary: 'Refresh the console session',
    description:
      'The cookie is exchanged, too. The one before can be exchanged for a minute more, for the same new one: two tabs may ' +
      'ask at once, and a page may be reloaded before it has the answer. After that, using it again ends the session.',
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
    const token = this.cookies.session(req, res);
    if (token === null) throw new NotSignedIn('no_console_session', 'This browser is not signed in. Sign in first.');
    const tokens = await this.sessions.refresh(token, by, address, 'console');
    this.cookies.setSession(req, res, tokens);
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
    for (const token of this.cookies.sessions(req)) await this.sessions.close(token, by, 'session.closed', 'console');
    this.cookies.clearSession(req, res);
  }
}

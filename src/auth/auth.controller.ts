import { Body, Controller, Header, HttpCode, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem, ApiProblems } from '../platform/http/docs/api-docs.js';
import type { Response } from 'express';
import { ClientAddress } from '../platform/http/client-address.js';
import { setETag } from '../platform/http/etag.js';
import { Idempotency, type IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { Idempotent } from '../platform/idempotency/idempotency.interceptor.js';
import { Public } from './access.js';
import { RequestedBy, type RequestOrigin } from './audit-log/audit-log.service.js';
import { LoginBody, RefreshBody, RegisterBody, TokensView } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { SessionsService } from './tokens/sessions.service.js';
import { toUserView, UserView } from './users/user.view.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
  ) {}

  @Post('register')
  @Public()
  @Idempotent()
  @Header('Location', '/api/v1/auth/me')
  @ApiOperation({
    operationId: 'register',
    summary: 'Register an account',
    description: 'The new account has the role `user`; an administrator can change it.',
  })
  @ApiCreatedResponse({ type: UserView, description: 'The account. Sign in next.' })
  @ApiProblem(403, 'Registration is closed (`registration_closed`).')
  @ApiProblems(400, 409, 413, 415, 422, 503)
  async register(
    @Body() body: RegisterBody,
    @RequestedBy() by: RequestOrigin,
    @Idempotency() once: IdempotencyScope,
    @Res({ passthrough: true }) res: Response,
  ): Promise<UserView> {
    const user = await this.auth.register(body, by, once);
    setETag(res, user.version);
    return toUserView(user);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'login',
    summary: 'Sign in with e-mail address and password',
    description:
      'After 5 failures for an account in 15 minutes, or 50 from an address in an hour, the answer is 429 ' +
      '`too_many_attempts` until Retry-After is over, also for the right password.',
  })
  @ApiOkResponse({ type: TokensView, description: 'A new session.' })
  @ApiProblems(400, 401, 413, 415, 422, 503)
  login(
    @Body() body: LoginBody,
    @RequestedBy() by: RequestOrigin,
    @ClientAddress() address: string,
  ): Promise<TokensView> {
    return this.auth.login(body, by, address);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'refreshTokens',
    summary: 'Exchange a refresh token',
    description: 'A refresh token can be used once. Using it again ends its session, because two parties hold it.',
  })
  @ApiOkResponse({ type: TokensView, description: 'The next pair of tokens. The previous pair is no longer valid.' })
  @ApiProblems(400, 401, 413, 415, 422, 503)
  refresh(
    @Body() body: RefreshBody,
    @RequestedBy() by: RequestOrigin,
    @ClientAddress() address: string,
  ): Promise<TokensView> {
    return this.sessions.refresh(body.refresh_token, by, address);
  }

  @Post('logout')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    operationId: 'logout',
    summary: 'Sign out',
    description:
      'Ends the session of the refresh token; its access tokens become invalid at once. The answer is the same for an unknown or ended session.',
  })
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiProblems(400, 413, 415, 422, 503)
  async logout(@Body() body: RefreshBody, @RequestedBy() by: RequestOrigin): Promise<void> {
    await this.sessions.close(body.refresh_token, by, 'session.closed');
  }
}

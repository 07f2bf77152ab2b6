import { Body, Controller, Get, Patch, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems, IF_MATCH_HEADER } from '../platform/http/docs/api-docs.js';
import { checkIfMatch, setETag } from '../platform/http/etag.js';
import { ClientAddress } from '../platform/http/client-address.js';
import { CurrentUser, SignedIn, WithInitialPassword, type SignedInUser } from './access.js';
import { RequestedBy, type RequestOrigin } from './audit-log/audit-log.service.js';
import { ProfileBody } from './auth.dto.js';
import { CurrentSession, MustChangePassword } from './jwt.strategy.js';
import { ProfileService } from './profile.service.js';
import { toUserView, UserView } from './users/user.view.js';

@ApiTags('auth')
@Controller('auth/me')
@SignedIn()
export class ProfileController {
  constructor(private readonly profile: ProfileService) {}

  @Get()
  @ApiOperation({ operationId: 'getProfile', summary: 'Get your account' })
  @ApiOkResponse({ type: UserView, description: 'The signed-in user.' })
  @ApiProblems(503)
  async get(@CurrentUser() user: SignedInUser, @Res({ passthrough: true }) res: Response): Promise<UserView> {
    const found = await this.profile.get(user);
    setETag(res, found.version);
    return toUserView(found);
  }

  @Patch()
  @WithInitialPassword()
  @ApiOperation({
    operationId: 'updateProfile',
    summary: 'Change your name or password',
    description:
      'A new password requires the current one, differs from it, and ends all other sessions. A user with a password that was ' +
      'generated or set by an administrator may do nothing else first. After 5 wrong current passwords of a session ' +
      'in 15 minutes the answer is 429 `too_many_attempts` until Retry-After is over.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: UserView, description: 'The changed account.' })
  @ApiProblems(400, 412, 413, 415, 422, 503)
  async update(
    @Body() body: ProfileBody,
    @CurrentUser() user: SignedInUser,
    @CurrentSession() sessionId: string,
    @MustChangePassword() mustChangePassword: boolean,
    @RequestedBy() by: RequestOrigin,
    @ClientAddress() address: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<UserView> {
    const checkVersion = (version: number): void => checkIfMatch(req, version, { requiredWhenStrict: false });
    const changed = await this.profile.change({ user, sessionId, mustChangePassword, by, address }, body, checkVersion);
    setETag(res, changed.version);
    return toUserView(changed);
  }
}

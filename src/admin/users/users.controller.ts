import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Roles } from '../../auth/access.js';
import { RequestedBy, type RequestOrigin } from '../../auth/audit-log/audit-log.service.js';
import { toUserView, UserView } from '../../auth/users/user.view.js';
import { UsersService } from '../../auth/users/users.service.js';
import { UsersStore, type UserFilter } from '../../auth/users/users.store.js';
import { ApiPage, ApiProblems, IF_MATCH_HEADER } from '../../platform/http/docs/api-docs.js';
import { API_PREFIX } from '../../platform/http/configure-http.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { checkIfMatch, setETag } from '../../platform/http/etag.js';
import { parseSort, type Page } from '../../platform/http/paging.js';
import { UuidParam } from '../../platform/http/input/path-params.js';
import { Idempotency, type IdempotencyScope } from '../../platform/idempotency/idempotency-scope.js';
import { Idempotent } from '../../platform/idempotency/idempotency.interceptor.js';
import { InstanceChangesService } from '../../instances/instance-changes.service.js';
import { ChangedUserView, CreateUserBody, UpdateUserBody, UsersQuery } from './users.dto.js';

/** Field of the interface -> property of the entity. */
const SORTABLE = { created_at: 'created_at', email: 'email', full_name: 'full_name', role: 'role' };

const ID = new UuidParam('user');
const ID_PARAM = { name: 'id', description: 'Id of the user.', format: 'uuid' };

@ApiTags('admin: users')
@Controller('admin/users')
@Roles('admin')
export class AdminUsersController {
  constructor(
    private readonly users: UsersService,
    private readonly store: UsersStore,
    private readonly instances: InstanceChangesService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listUsers',
    summary: 'List users',
    description: `Sort by ${Object.keys(SORTABLE).join(', ')}; newest first unless told.`,
  })
  @ApiPage(UserView)
  @ApiProblems(400, 503)
  async list(@Query() query: UsersQuery): Promise<Page<UserView>> {
    const { limit, offset, role, is_active: isActive, q } = query;
    const filter: UserFilter = {
      ...(role ? { role } : {}),
      ...(isActive === undefined ? {} : { isActive }),
      ...(q === undefined ? {} : { contains: q }),
    };
    const sort = parseSort(query.sort, SORTABLE, '-created_at');
    const { users, total } = await this.store.list(filter, sort, { limit, offset });
    return { items: users.map(toUserView), total, limit, offset };
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    operationId: 'createUser',
    summary: 'Create a user',
    description: 'With any role. Works even if registration is closed.',
  })
  @ApiCreatedResponse({ type: UserView, description: 'The new user.' })
  @ApiProblems(400, 409, 413, 415, 422, 503)
  async create(
    @Body() body: CreateUserBody,
    @RequestedBy() by: RequestOrigin,
    @Idempotency() once: IdempotencyScope,
    @Res({ passthrough: true }) res: Response,
  ): Promise<UserView> {
    const user = await this.users.create({ ...body, full_name: body.full_name ?? null }, by, 'user.created', once);
    res.setHeader('Location', `${API_PREFIX}/admin/users/${user.id}`);
    setETag(res, user.version);
    return toUserView(user);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getUser', summary: 'Get a user' })
  @ApiParam(ID_PARAM)
  @ApiOkResponse({ type: UserView, description: 'The user.' })
  @ApiProblems(404, 503)
  async get(@Param('id', ID) id: string, @Res({ passthrough: true }) res: Response): Promise<UserView> {
    const user = await this.store.findById(id);
    if (!user) throw new NotFound('user');
    setETag(res, user.version);
    return toUserView(user);
  }

  @Patch(':id')
  @ApiOperation({
    operationId: 'updateUser',
    summary: 'Change a user',
    description:
      'Takes effect on the user’s next request. A deactivated user’s strategies stop, and so do those of a user who ' +
      'gets the role user; `stopped_strategies` says how many. The last active admin cannot lose the role: 409 `last_admin`.',
  })
  @ApiParam(ID_PARAM)
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: ChangedUserView, description: 'The changed user.' })
  @ApiProblems(400, 404, 409, 412, 413, 415, 422, 503)
  async update(
    @Param('id', ID) id: string,
    @Body() body: UpdateUserBody,
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ChangedUserView> {
    const checkVersion = (version: number): void => checkIfMatch(req, version, { requiredWhenStrict: false });
    let stopped = 0;
    const user = await this.users.change(id, body, by, checkVersion, async (manager) => {
      stopped = await this.instances.stopAllOf(id, by, manager);
    });
    setETag(res, user.version);
    return { ...toUserView(user), stopped_strategies: stopped };
  }
}

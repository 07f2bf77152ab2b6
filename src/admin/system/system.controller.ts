import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { ApiProblems } from '../../platform/http/docs/api-docs.js';
import { Conflict } from '../../platform/http/problems/app-errors.js';
import { InvariantCheckService } from '../../invariants/invariant-check.service.js';
import { InvariantCheckView, toInvariantCheckView } from './system.view.js';
import { SystemView } from './system.dto.js';
import { SystemService } from './system.service.js';

@ApiTags('admin: system')
@Controller('admin/system')
@Roles('admin')
export class AdminSystemController {
  constructor(
    private readonly system: SystemService,
    private readonly invariants: InvariantCheckService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getSystem',
    summary: 'Get the state of the system',
    description: 'Schedule, queue, sources, failures, invariants and versions.',
  })
  @ApiOkResponse({ type: SystemView, description: 'The state of the system.' })
  @ApiProblems(503)
  look(): Promise<SystemView> {
    return this.system.look();
  }

  @Post('invariants')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'checkInvariants',
    summary: 'Check all invariants',
    description:
      'Workers do it every hour, and once a day for everything, as this does. It answers when it is done, which takes minutes with millions of rows; the result is ' +
      'kept and shown by GET /admin/system too. 409 `check_running` while another check runs.',
  })
  @ApiOkResponse({ type: InvariantCheckView, description: 'The result of the check.' })
  @ApiProblems(409, 503)
  async check(): Promise<InvariantCheckView> {
    const check = await this.invariants.checkNow();
    if (!check) throw new Conflict('check_running', 'A check is already running. Look at its result in a moment.');
    return toInvariantCheckView(check);
  }
}

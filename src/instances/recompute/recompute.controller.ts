import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentUser, SignedIn, type SignedInUser } from '../../auth/access.js';
import { ApiProblems } from '../../platform/http/docs/api-docs.js';
import { UuidParam } from '../../platform/http/input/path-params.js';
import { ReplayView } from './recompute.dto.js';
import { RecomputeService } from './recompute.service.js';

/** Whether a stored decision is the one that its inputs lead to. */
@ApiTags('strategies')
@ApiParam({ name: 'id', description: 'Id of the strategy.', format: 'uuid' })
@ApiParam({ name: 'executionId', description: 'Id of the decision.', format: 'uuid' })
@Controller('strategies/:id/executions/:executionId/replay')
export class RecomputeController {
  constructor(private readonly replays: RecomputeService) {}

  @Get()
  @SignedIn()
  @ApiOperation({
    operationId: 'replayStrategyExecution',
    summary: 'Recompute a decision',
    description:
      'Takes the stored market, analyses, params and portfolio, decides and plans the order once more, and compares ' +
      'every field. One that failed is identical when it fails with the same code; one that was skipped, or that ' +
      'nothing came of because its chunk could not be served, is 409 `nothing_decided`; 503 `decision_agent_timeout` when the decision agent hangs. For traders, admins and the ' +
      'owner; for everybody else it does not exist.',
  })
  @ApiOkResponse({
    type: ReplayView,
    description: 'The recomputed decision, and where it differs from the stored one.',
  })
  @ApiProblems(404, 409, 410, 503)
  replay(
    @Param('id', new UuidParam('strategy')) id: string,
    @Param('executionId', new UuidParam('execution')) executionId: string,
    @CurrentUser() user: SignedInUser,
  ): Promise<ReplayView> {
    return this.replays.replay(user, id, executionId);
  }
}

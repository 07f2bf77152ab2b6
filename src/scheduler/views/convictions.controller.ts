import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/docs/api-docs.js';
import { HistoryQuery, type CursorPage, cursorOf, pageOf } from '../../platform/http/paging.js';
import { IntParam } from '../../platform/http/input/path-params.js';
import { ConvictionsService, ConvictionView } from './convictions.service.js';

@ApiTags('runs')
@ApiParam({ name: 'id', description: 'Id of the definition.', type: 'integer', example: 1 })
@Controller('strategy-definitions/:id/convictions')
export class ConvictionsController {
  constructor(private readonly convictions: ConvictionsService) {}

  @Get()
  @Roles('trader', 'admin')
  @ApiOperation({
    operationId: 'listConvictions',
    summary: 'List convictions of a definition',
    description:
      'Computed from what the run saw, for a strategy that holds nothing, with the agents and default params that the ' +
      'definition has at this moment. 503 `decision_agent_timeout` when the decision agent hangs.',
  })
  @ApiCursorPage(ConvictionView)
  @ApiProblems(400, 404, 503)
  async list(
    @Param('id', new IntParam('strategy definition')) id: number,
    @Query() query: HistoryQuery,
  ): Promise<CursorPage<ConvictionView>> {
    const list = `convictions of ${id}`;
    const before = cursorOf(list, query.cursor, 'uuid');
    const { from = null, to = null } = query;
    const found = await this.convictions.list(id, { from, to, before }, query.limit + 1);
    return pageOf(
      list,
      found,
      query.limit,
      (one) => one,
      (one) => one.run_id,
    );
  }
}

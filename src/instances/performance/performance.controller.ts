import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentUser, SignedIn, type SignedInUser } from '../../auth/access.js';
import { ApiProblems } from '../../platform/http/docs/api-docs.js';
import { UuidParam } from '../../platform/http/input/path-params.js';
import { PerformanceService } from './performance.service.js';
import { PerformanceView } from './performance.view.js';

/** How a strategy has done. */
@ApiTags('strategies')
@ApiParam({ name: 'id', description: 'Id of the strategy.', format: 'uuid' })
@Controller('strategies/:id/performance')
export class PerformanceController {
  constructor(private readonly performance: PerformanceService) {}

  @Get()
  @SignedIn()
  @ApiOperation({
    operationId: 'getStrategyPerformance',
    summary: 'Statistics of a strategy, against buy and hold',
    description:
      'Computed from trades, ledger and the equity curve as far as it is kept. A statistic for which there is too little ' +
      'history is null, with the reason.',
  })
  @ApiOkResponse({ type: PerformanceView, description: 'The statistics.' })
  @ApiProblems(404)
  get(@Param('id', new UuidParam('strategy')) id: string, @CurrentUser() user: SignedInUser): Promise<PerformanceView> {
    return this.performance.get(user, id);
  }
}

import { Controller, Get, Param, Inject, Injectable } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentUser, SignedIn, type SignedInUser } from '../../auth/access.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { ApiProblems } from '../../platform/http/docs/api-docs.js';
import { UuidParam } from '../../platform/http/input/path-params.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { RetainedHistoryStore } from '../../retention/retained-history.store.js';
import { InstanceViewsService } from '../views/instance-views.service.js';
import { PerformanceStore } from './performance.store.js';
import { PerformanceView, toPerformanceView } from './performance.view.js';

/** The statistics of an instance, to everybody as much as they may see of it. */
@Injectable()
export class PerformanceService {
  constructor(
    private readonly instances: InstanceViewsService,
    private readonly store: PerformanceStore,
    private readonly retention: RetainedHistoryStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotFound, also for what the viewer may not see. */
  async get(viewer: SignedInUser, id: string): Promise<PerformanceView> {
    const visibility = await this.instances.visibility(viewer, id);
    const performance = (await this.store.performances([id], this.clock.now())).get(id);
    if (!performance) throw new NotFound('strategy');
    return toPerformanceView(performance, await this.retention.retainedFrom(), visibility === 'public');
  }
}

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
    summary: 'Get the performance of a strategy',
    description:
      'Statistics from trades, ledger and the equity curve as far as it is kept, compared with buy and hold. A statistic ' +
      'with too little history is null and has a reason.',
  })
  @ApiOkResponse({ type: PerformanceView, description: 'The statistics.' })
  @ApiProblems(404)
  get(@Param('id', new UuidParam('strategy')) id: string, @CurrentUser() user: SignedInUser): Promise<PerformanceView> {
    return this.performance.get(user, id);
  }
}

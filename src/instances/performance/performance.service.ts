import { Inject, Injectable } from '@nestjs/common';
import type { SignedInUser } from '../../auth/access.js';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { RetainedHistoryStore } from '../../retention/retained-history.store.js';
import { InstanceViewsService } from '../views/instance-views.service.js';
import { PerformanceStore } from './performance.store.js';
import { toPerformanceView, type PerformanceView } from './performance.view.js';

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

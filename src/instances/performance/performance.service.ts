import { Inject, Injectable } from '@nestjs/common';
import type { SignedInUser } from '../../auth/access.js';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { KeptHistoryStore } from '../../retention/retained-history.store.js';
import { InstanceViewsService } from '../views/instance-views.service.js';
import { PerformanceStore } from './performance.store.js';
import { toPerformanceView, type PerformanceView } from './performance.view.js';

/** The statistics of an instance, to everybody as much as they may see of it. */
@Injectable()
export class PerformanceService {
  constructor(
    private readonly instances: InstanceViewsService,
    private readonly store: PerformanceStore,
    private readonly kept: KeptHistoryStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotFound, also for what the viewer may not see. */
  async get(viewer: SignedInUser, id: string): Promise<PerformanceView> {
    const sight = await this.instances.sight(viewer, id);
    const performance = (await this.store.performances([id], this.clock.now())).get(id);
    if (!performance) throw new NotFound('strategy');
    return toPerformanceView(performance, await this.kept.keptFrom(), sight === 'public');
  }
}

import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { RunPlanner } from './run-planner.js';
import { StalledWorkRecovery } from './stalled-work-recovery.js';
import { RunDispatcher } from './run-dispatcher.js';

/** How late a run may start. */
const BEAT_MS = 1000;
const RESCUE_EVERY_BEATS = 5;

/** Every second: makes the runs that are due and queues them; every few seconds: rescues those that were left. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, OnModuleDestroy {
  private stopping = false;
  private beating: Promise<void> | null = null;
  private beats = 0;

  constructor(
    private readonly planner: RunPlanner,
    private readonly dispatcher: RunDispatcher,
    private readonly lostWork: StalledWorkRecovery,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The first beat comes at once: a restart must not cost a tick. */
  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
  }

  /** No new runs; the beat that is under way ends before anything is closed. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.beating;
  }

  /** One beat; while one is under way another does nothing. */
  @Interval(BEAT_MS)
  async beat(): Promise<void> {
    if (this.config.role === 'api' || this.stopping || this.beating) return;
    this.beating = this.planAndRescue();
    await this.beating;
    this.beating = null;
  }

  private async planAndRescue(): Promise<void> {
    try {
      for (const runId of await this.planner.planDue()) await this.dispatcher.dispatch(runId);
      if (this.beats++ % RESCUE_EVERY_BEATS === 0) await this.lostWork.rescue();
    } catch (error) {
      // The database may be away for a while; the next beat tries again, and nothing is lost meanwhile.
      this.logger.error({ err: error }, 'heartbeat failed');
    }
  }
}

import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { RunPlanner } from './run-planner.js';
import { StalledWorkRecovery } from './stalled-work-recovery.js';
import { RunDispatcher } from './run-dispatcher.js';

/** Latest start of a due run. */
const BEAT_MS = 1000;
const RESCUE_EVERY_BEATS = 5;

/** Plans and queues due runs every second, and queues stalled work again every few seconds. */
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

  /** Beats at once, so that a restart does not miss a tick. */
  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
  }

  /** Plans no new runs and waits for the current beat, so that its connections stay open. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.beating;
  }

  /** Skips a beat while the previous one is running. */
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
      // The database may be away; the next beat retries, and due runs stay due.
      this.logger.error({ err: error }, 'heartbeat failed');
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { LOGGER, type Logger } from '../logging/logger.js';

/**
 * Notices a reverse proxy that `TRUST_PROXY` does not count: all callers then share the proxy's address, and one who
 * reaches a limit per address blocks everybody. Without a proxy a caller may have sent the header themselves, so it is a
 * warning.
 */
@Injectable()
export class UnnamedProxy {
  /** The first request of this process with the header; null: none yet. */
  noticedAt: Date | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Express middleware. Logs the first such request, and never refuses one. */
  readonly watch = (req: Request, _res: Response, next: NextFunction): void => {
    if (this.noticedAt === null && this.config.trustProxy === 0 && req.headers['x-forwarded-for'] !== undefined) {
      this.noticedAt = this.clock.now();
      this.logger.warn(
        { address: req.socket.remoteAddress },
        'X-Forwarded-For is ignored because TRUST_PROXY is 0: behind a proxy all callers share one address and its limits. ' +
          'Set TRUST_PROXY to the number of proxies in front',
      );
    }
    next();
  };
}

import { Module } from '@nestjs/common';
import { HealthController } from './health/health.controller.js';
import { HealthService } from './health/health.service.js';
import { UnknownRouteHandler } from './problems/problem.filter.js';

/** The probes, and the answer to paths that nobody has. What holds for all routes is in configure-http.ts. */
@Module({ controllers: [HealthController], providers: [HealthService, UnknownRouteHandler] })
export class HttpModule {}

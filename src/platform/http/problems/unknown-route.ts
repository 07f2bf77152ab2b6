import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { sendProblem, unknownRoute } from './problem.filter.js';

/**
 * The framework answers unknown paths below the prefix only; outside of it Express would send its HTML page.
 * This handler stands behind all routes: it is added when every module has registered its own.
 */
@Injectable()
export class UnknownRouteHandler implements OnApplicationBootstrap {
  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    // A command that uses the modules without a server has no adapter.
    if (!this.host.httpAdapter) return;
    this.host.httpAdapter.use((req: Request, res: Response) => sendProblem(req, res, unknownRoute(req)));
  }
}

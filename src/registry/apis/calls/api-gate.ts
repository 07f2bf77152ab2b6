import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../platform/http/problems/app-errors.js';
import { ApiFailure } from './api-call.js';
import { ApiStateStore, type ApiAccess } from './api-state.store.js';
import { spanText } from './retry-after.js';

/** Jitter, so that waiters for one slot do not retry in the same millisecond. */
const SPREAD_MS = 20;

/** Admits requests to outside APIs, one gate for all processes. */
@Injectable()
export class ApiGate {
  constructor(private readonly states: ApiStateStore) {}

  /**
   * Waits for room in the API's rate and for the end of a pause that it asked for, at most until `deadline`. A waiter
   * asks again afterwards, so that a pause announced meanwhile applies to it too.
   *
   * @param cost in the unit of the API's limit: 1 for a plain request.
   * @param deadline on the monotonic clock, ms.
   * @throws ApiFailure `switched_off`, `paused` or `rate_limited`; NotFound for a name without a row.
   */
  async enter(apiName: string, cost: number, deadline: number): Promise<ApiAccess> {
    for (;;) {
      const admission = await this.states.admit(apiName, cost);
      switch (admission.kind) {
        case 'admitted':
          return admission.access;
        case 'unknown':
          throw new NotFound('api');
        case 'switched_off':
          throw new ApiFailure(apiName, 'switched_off', 'an administrator has switched it off.');
        case 'paused':
        case 'full': {
          const { kind, waitMs } = admission;
          if (performance.now() + waitMs > deadline) throw refused(apiName, kind, waitMs);
          await sleep(waitMs + Math.random() * SPREAD_MS);
        }
      }
    }
  }
}

function refused(apiName: string, kind: 'paused' | 'full', waitMs: number): ApiFailure {
  const span = spanText(waitMs / 1000);
  return kind === 'paused'
    ? new ApiFailure(apiName, 'paused', `it asked for no requests in the next ${span}.`)
    : new ApiFailure(apiName, 'rate_limited', `its rate limit has room in ${span}.`);
}

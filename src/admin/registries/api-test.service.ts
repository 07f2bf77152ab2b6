import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import type { ApiConfig } from '../../registry/apis/api-config.entity.js';
import { baseUrlFault } from '../../registry/apis/base-url.js';
import { guardedFetch, OutgoingCallFailed } from '../../registry/apis/guarded-fetch.js';
import type { ApiTestView } from './api-test.view.js';

const TIMEOUT_MS = 5000;
/** Enough for any start page; what comes is thrown away. */
const MAX_BYTES = 256 * 1024;
/** Failures in which a server did answer. */
const ANSWERED: ReadonlySet<string> = new Set(['redirected', 'answer_too_large']);

/** Tries outside APIs. */
@Injectable()
export class ApiTestService {
  constructor(@Inject(CONFIG) private readonly config: AppConfig) {}

  /** Asks the API's address once, without its key: somebody else may stand there. Never throws for what the API does. */
  async test({ api_name: apiName, base_url: baseUrl }: Pick<ApiConfig, 'api_name' | 'base_url'>): Promise<ApiTestView> {
    const allowPrivate = this.config.allowPrivateApiHosts;
    const fault = baseUrlFault(apiName, baseUrl, allowPrivate);
    if (fault !== null) return { reachable: false, status: null, latency_ms: 0, message: fault };
    const started = performance.now();
    const latency = (): number => Math.round(performance.now() - started);
    try {
      const url = new URL(baseUrl);
      const { status } = await guardedFetch({ apiName, url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, allowPrivate });
      return { reachable: true, status, latency_ms: latency(), message: `It answers with status ${status}.` };
    } catch (error) {
      if (!(error instanceof OutgoingCallFailed)) throw error;
      const reachable = ANSWERED.has(error.fault);
      return { reachable, status: null, latency_ms: latency(), message: error.message };
    }
  }
}

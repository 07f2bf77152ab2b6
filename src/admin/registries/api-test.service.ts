import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import type { ApiConfig } from '../../registry/apis/api-config.entity.js';
import type { ApiFailureCode } from '../../registry/apis/calls/api-call.js';
import { baseUrlFault } from '../../registry/apis/base-url.js';
import { guardedFetch, OutgoingCallFailed } from '../../registry/apis/guarded-fetch.js';

/** What came of trying an API. */
export class ApiTestView {
  @ApiProperty({ description: 'Whether a server answered, with any status.', example: true })
  reachable!: boolean;

  @ApiProperty({
    description: 'HTTP status of its answer; null without one that could be read.',
    type: 'integer',
    nullable: true,
    example: 200,
  })
  status!: number | null;

  @ApiProperty({
    description: 'Milliseconds until the answer was read, or until it failed.',
    type: 'integer',
    example: 84,
  })
  latency_ms!: number;

  @ApiProperty({
    description: 'Why no answer could be read: a code of failed calls, such as `unreachable`; null: one was read.',
    type: String,
    nullable: true,
    example: null,
  })
  code!: ApiFailureCode | null;

  @ApiProperty({ description: 'The result in words.', example: 'It answers with status 200.' })
  message!: string;
}

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
    if (fault !== null)
      return { reachable: false, status: null, latency_ms: 0, code: 'host_not_allowed', message: fault };
    const started = performance.now();
    const latency = (): number => Math.round(performance.now() - started);
    try {
      const url = new URL(baseUrl);
      const { status } = await guardedFetch({ apiName, url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, allowPrivate });
      return {
        reachable: true,
        status,
        latency_ms: latency(),
        code: null,
        message: `It answers with status ${status}.`,
      };
    } catch (error) {
      if (!(error instanceof OutgoingCallFailed)) throw error;
      const reachable = ANSWERED.has(error.fault);
      return { reachable, status: null, latency_ms: latency(), code: error.fault, message: error.message };
    }
  }
}

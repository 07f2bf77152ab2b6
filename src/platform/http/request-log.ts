import type { Request, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../logging/logger.js';
import { traceIdOf } from './request-id.js';

/**
 * One line a request, with its trace id and how long it took: 5xx as errors, everything else for whoever debugs.
 * Neither headers nor bodies nor queries are written: tokens and passwords travel there.
 */
export function requestLog(logger: Logger) {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (request) => traceIdOf(request),
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
    customSuccessMessage: (request, response) => `${request.method} ${response.statusCode}`,
    customErrorMessage: (request, response) => `${request.method} ${response.statusCode}`,
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        trace_id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

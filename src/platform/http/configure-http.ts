import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Application, NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { AppConfig } from '../config/app-config.js';
import type { Logger } from '../logging/logger.js';
import { HttpMetrics } from '../metrics/platform-metrics.js';
import { METRICS_PATH, metricsRoute } from '../metrics/metrics-server.js';
import { Metrics } from '../metrics/metrics.js';
import { limitConnections } from './connections.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { readJsonBody, NoBodyInterceptor } from './input/request-body.js';
import { requestLog, requestId } from './request-log.js';
import { allowedMethods } from './route-methods.js';
import { RequestLimits } from '../rate-limit/request-limits.js';
import { refuseWithoutHost } from './problems/unreadable-request.js';
import { RequestValidationPipe } from './input/validation.js';

/** Prefix of all paths except the probes, the metrics and the documentation. */
export const API_PREFIX = '/api/v1';
/** Probes, which monitoring expects at these well-known paths. */
const OUTSIDE_PREFIX = ['health/live', 'health/ready'];
/** Methods that a page of a listed origin may use. */
const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'];
/** Headers that a page of a listed origin may read. */
const EXPOSED_HEADERS = [
  'Allow',
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-ID',
];

/** The settings that HTTP needs; a missing limit is off. */
export type HttpSettings = Pick<AppConfig, 'corsOrigins'> &
  Partial<
    Pick<
      AppConfig,
      | 'trustProxy'
      | 'maxConnections'
      | 'rateLimitPerMinute'
      | 'rateLimitAnonymousPerMinute'
      | 'metricsPort'
      | 'metricsToken'
    >
  >;

/**
 * Configures HTTP for all routes: request ids, security headers, CORS, body limit and type, prefix, validation and the
 * error format. Call it once, before `app.init()` or `app.listen()`. Create the application with `{ bodyParser: false
 * }`, because the parser is set here.
 */
export function configureHttp(app: NestExpressApplication, config: HttpSettings, logger?: Logger): void {
  const server = app.getHttpAdapter().getInstance() as Application;
  app.disable('x-powered-by');
  // Express' own weak ETags would look like versions of resources.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy ?? 0);

  const http = app.getHttpServer() as Server;
  limitConnections(http, config.maxConnections ?? 0, logger);
  // Nothing is measured when the metrics are not served.
  if (config.metricsToken || (config.metricsPort !== undefined && config.metricsPort !== null))
    app.use(app.get(HttpMetrics, { strict: false }).measure);
  app.use(requestId);
  if (logger) app.use(requestLog(logger));
  app.use(refuseWithoutHost);
  // Without upgrade-insecure-requests, which would break the console on http://<address in the LAN>.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  // Before CORS, which would answer every OPTIONS as if it were a preflight.
  app.use(answerOptions(server, config.corsOrigins.length > 0));
  if (config.corsOrigins.length > 0) {
    app.enableCors({ origin: [...config.corsOrigins], methods: METHODS, exposedHeaders: EXPOSED_HEADERS, maxAge: 600 });
  }
  if (config.metricsToken)
    server.get(
      METRICS_PATH,
      metricsRoute(() => app.get(Metrics), config.metricsToken),
    );
  app.use(API_PREFIX, noStore);
  if (config.rateLimitPerMinute || config.rateLimitAnonymousPerMinute) app.use(API_PREFIX, limitRequests(app));
  app.use(`${API_PREFIX}/marketplace`, redirectOldName);
  app.use(readJsonBody());

  app.setGlobalPrefix(API_PREFIX.slice(1), { exclude: OUTSIDE_PREFIX });
  app.useGlobalInterceptors(new NoBodyInterceptor());
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
}

/** Answers hold tokens and private data, so no cache may store them. */
function noStore(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Runs before the body is read. Resolves the limits per request, because the modules do not exist yet when HTTP is
 * configured.
 */
function limitRequests(app: NestExpressApplication) {
  return (req: Request, res: Response, next: NextFunction): void => {
    void app.get(RequestLimits, { strict: false }).handle(req, res, next);
  };
}

/** `/marketplace/...` is the old name of `/strategies/...`; 308 keeps method and body. */
function redirectOldName(req: Request, res: Response): void {
  // Below its mount path `req.url` starts with one slash and includes the query.
  const rest = req.url === '/' || req.url.startsWith('/?') ? req.url.slice(1) : req.url;
  res.redirect(308, `${API_PREFIX}/strategies${rest}`);
}

/**
 * Answers a plain OPTIONS with the methods of the path. A preflight of a browser is left to CORS when origins are
 * listed.
 */
function answerOptions(server: Application, answersPreflights: boolean) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const preflight = answersPreflights && req.headers['access-control-request-method'] !== undefined;
    const allowed = req.method === 'OPTIONS' && !preflight ? allowedMethods(server, req.path) : [];
    if (allowed.length === 0) return next();
    res.setHeader('Allow', allowed.join(', '));
    res.status(204).end();
  };
}

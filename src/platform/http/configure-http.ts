import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Application, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { AppConfig } from '../config/app-config.js';
import type { Logger } from '../logging/logger.js';
import { failureOf } from './failure-of.js';
import { ProblemFilter, sendProblem } from './problem.filter.js';
import { requestId } from './request-id.js';
import { requestLog } from './request-log.js';
import { allowedMethods } from './route-methods.js';
import { RequestValidationPipe } from './validation.js';

/** Everything but the probes, the metrics and the documentation stands below it. */
export const API_PREFIX = '/api/v1';
/** Routes that monitoring asks for by their well-known names. */
const OUTSIDE_PREFIX = ['health/live', 'health/ready', 'metrics'];
/** Largest body, after decompression. */
const BODY_LIMIT = '100kb';
/** Headers that a page of another origin may read. */
const EXPOSED_HEADERS = ['ETag', 'Location', 'X-Request-ID', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'Allow'];

/**
 * Everything about HTTP that holds for all routes: request ids, security headers, CORS, body limit and type,
 * prefix, validation, and the one error format. Called once, before `app.init()` or `app.listen()`, by the
 * server and by the tests alike. Create the application with `{ bodyParser: false }`: the parser is set here.
 */
export function configureHttp(
  app: NestExpressApplication,
  config: Pick<AppConfig, 'corsOrigins'>,
  logger?: Logger,
): void {
  const server = app.getHttpAdapter().getInstance() as Application;
  app.disable('x-powered-by');
  // Express' own weak ETags would look like versions of ours.
  app.set('etag', false);
  app.set('query parser', 'simple');

  app.use(requestId);
  if (logger) app.use(requestLog(logger));
  // Without upgrade-insecure-requests, which would break the console on http://<address in the LAN>.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  // Before CORS, which would answer every OPTIONS as if it were a preflight.
  app.use(answerOptions(server));
  if (config.corsOrigins.length > 0) {
    app.enableCors({ origin: [...config.corsOrigins], exposedHeaders: EXPOSED_HEADERS, maxAge: 600 });
  }
  app.use(API_PREFIX, noStore);
  app.use(`${API_PREFIX}/marketplace`, redirectOldName);
  app.use(refuseOtherThanJson);
  app.use(express.json({ limit: BODY_LIMIT }));
  app.use(answerUnreadableBody);

  app.setGlobalPrefix(API_PREFIX.slice(1), { exclude: OUTSIDE_PREFIX });
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
}

/** Answers hold tokens and what only one user may see: no cache on the way keeps them. */
function noStore(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store');
  next();
}

/** `/marketplace/...` is the old name of `/strategies/...`; 308 keeps method and body. */
function redirectOldName(req: Request, res: Response): void {
  // Mounted on the prefix, the rest of the URL starts with one slash, query included.
  const rest = req.url === '/' || req.url.startsWith('/?') ? req.url.slice(1) : req.url;
  res.redirect(308, `${API_PREFIX}/strategies${rest}`);
}

/** A plain OPTIONS (no preflight of a browser) says which methods the path has. */
function answerOptions(server: Application) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const plain = req.method === 'OPTIONS' && req.headers['access-control-request-method'] === undefined;
    const allowed = plain ? allowedMethods(server, req.path) : [];
    if (allowed.length === 0) return next();
    res.setHeader('Allow', allowed.join(', '));
    res.status(204).end();
  };
}

/** express.json() skips a body of another type in silence, and the caller would hear of missing fields instead. */
function refuseOtherThanJson(req: Request, res: Response, next: NextFunction): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (!hasBody || req.is('application/json')) return next();
  sendProblem(req, res, {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Send the body as application/json in UTF-8.',
    headers: { 'Accept-Post': 'application/json' },
  });
}

/** Before the framework sees it: it would turn the parser's error into a bare 400. */
function answerUnreadableBody(error: unknown, req: Request, res: Response, _next: NextFunction): void {
  sendProblem(req, res, failureOf(error));
}

import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { StartError } from '../config/start-error.js';

/** Placeholder in the built page for the nonce of an answer. */
const NONCE_MARK = /__CSP_NONCE__/g;
/** Paths that never get the page of the console: see configure-http.ts and openapi.ts. */
const OTHERS = /^\/(api|docs|docs-json|health|metrics|assets)(\/|$)/;
const A_YEAR = 'public, max-age=31536000, immutable';

/**
 * Serves the console: its files under /assets, and its page for any other path that a browser navigates to, because the
 * page has a router of its own. Programs, and unknown paths of the API, get the usual answers. Call it after
 * `configureHttp`.
 * @throws StartError when the console has not been built.
 */
export function serveConsole(app: NestExpressApplication, folder: string): void {
  const files = readConsoleFiles(folder);
  app.use('/assets', (req: Request, res: Response, next: NextFunction) => void sendAsset(files, req, res, next));
  app.use((req: Request, res: Response, next: NextFunction) => {
    if (!isNavigation(req)) return next();
    sendPage(files, req, res);
  });
}

async function sendAsset(files: ConsoleFiles, req: Request, res: Response, next: NextFunction): Promise<void> {
  const asset = isRead(req) ? files.assets.get(req.path.slice(1)) : undefined;
  if (!asset) return next();
  try {
    const zipped = req.acceptsEncodings('gzip') !== false;
    const body = zipped ? await asset.gzipped() : asset.body;
    res.setHeader('Content-Type', asset.type);
    res.setHeader('Cache-Control', A_YEAR);
    res.setHeader('Vary', 'Accept-Encoding');
    if (zipped) res.setHeader('Content-Encoding', 'gzip');
    res.setHeader('Content-Length', body.length);
    res.end(req.method === 'HEAD' ? undefined : body);
  } catch (error) {
    next(error);
  }
}

function sendPage(files: ConsoleFiles, req: Request, res: Response): void {
  const nonce = randomBytes(16).toString('base64url');
  res.setHeader('Content-Security-Policy', policyWith(nonce));
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  // The nonce is valid for one answer.
  res.setHeader('Cache-Control', 'no-store');
  res.end(req.method === 'HEAD' ? undefined : files.page.replace(NONCE_MARK, nonce));
}

/** Ant Design injects style elements; only those with the nonce of the answer apply. */
function policyWith(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "script-src-attr 'none'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function isNavigation(req: Request): boolean {
  return isRead(req) && !OTHERS.test(req.path) && (req.get('accept') ?? '').includes('text/html');
}

function isRead(req: Request): boolean {
  return req.method === 'GET' || req.method === 'HEAD';
}

const compress = promisify(gzip);

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file that the page loads. Its name contains a hash of its content. */
interface ConsoleAsset {
  readonly type: string;
  readonly body: Buffer;
  /** Compressed at the first request, then cached. */
  gzipped(): Promise<Buffer>;
}

/** The built console, held in memory so that no path of a request reaches the disk. */
interface ConsoleFiles {
  readonly page: string;
  readonly assets: ReadonlyMap<string, ConsoleAsset>;
}

/**
 * @param folder build output of web/.
 * @throws StartError when it does not exist.
 */
export function readConsoleFiles(folder: string): ConsoleFiles {
  try {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const names = readdirSync(join(folder, 'assets')).filter((name) => extname(name) in TYPES);
    return { page, assets: new Map(names.map((name) => [name, readAsset(join(folder, 'assets', name))])) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new StartError('The console has not been built. Run npm run build.');
  }
}

function readAsset(path: string): ConsoleAsset {
  const body = readFileSync(path);
  let compressed: Promise<Buffer> | undefined;
  const gzipped = (): Promise<Buffer> => (compressed ??= compress(body, { level: 9 }));
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', body, gzipped };
}

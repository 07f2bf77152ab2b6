import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { StartError } from '../../config/start-error.js';

const compress = promisify(gzip);

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file that the page loads; its name changes with its content. */
export interface ConsoleAsset {
  readonly type: string;
  readonly body: Buffer;
  /** Compressed when it is asked for first, and kept. */
  gzipped(): Promise<Buffer>;
}

/** The built console: the page and what it loads, held in memory, so that no path of a request reaches the disk. */
export interface ConsoleFiles {
  readonly page: string;
  readonly assets: ReadonlyMap<string, ConsoleAsset>;
}

/** @param folder what `npm run build` has made of web/. @throws StartError when it is not there. */
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

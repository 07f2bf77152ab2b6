/**
 * `node scripts/typescript.mjs FILE [ARGS]`: runs a TypeScript file of the tests in this process, on a program that has
 * been built when a source was newer. For what starts real processes and is no jest test: faults, soak.
 */
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';

const [file] = process.argv.splice(2, 1);
if (!file) throw new Error('Usage: node scripts/typescript.mjs FILE [ARGS]');
await buildIfStale();
const swcrc = JSON.parse(readFileSync(join(fileURLToPath(import.meta.url), '..', '..', '.swcrc'), 'utf8'));
register('./typescript-hooks.mjs', import.meta.url, { data: { swcrc } });
await import(pathToFileURL(resolve(file)).href);

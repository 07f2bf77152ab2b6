/** Module hooks of Node: a `.js` that is a `.ts` in the source tree is found, and compiled by swc when it is loaded. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

let options;
const compiled = new Map();

/**
 * @param data `swcrc`, the compiler's settings. For tests also `freshBelow`, a folder's URL: what a module with a
 * query imports from there gets the same query, that is, an instance of its own; and `jestGlobals`, the URL of the
 * module that stands for `@jest/globals`.
 */
export function initialize(data) {
  options = data;
}

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals' && options.jestGlobals) {
    // It would be loaded once, and its tests would belong to the first spec file alone.
    if (!new URL(context.parentURL).search)
      throw new Error(`${context.parentURL}: a helper with tests belongs below test/.`);
    return fresh({ url: options.jestGlobals }, context);
  }
  if (specifier.startsWith('.') && specifier.endsWith('.js')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return fresh({ url: source.href, format: 'module' }, context);
  }
  return fresh(await next(specifier, context), context);
}

function fresh(resolved, { parentURL }) {
  const { freshBelow } = options;
  const query = freshBelow && parentURL ? new URL(parentURL).search : '';
  const isFresh = query !== '' && resolved.url.startsWith(freshBelow) && !resolved.url.includes('?');
  return { ...resolved, ...(isFresh ? { url: resolved.url + query } : {}), shortCircuit: true };
}

export async function load(url, context, next) {
  const path = url.split('?', 1)[0];
  if (!path.startsWith('file:') || !path.endsWith('.ts')) return next(url, context);
  if (!compiled.has(path)) compiled.set(path, await compile(fileURLToPath(path)));
  return { format: 'module', source: compiled.get(path), shortCircuit: true };
}

async function compile(filename) {
  const { code } = await transform(await readFile(filename, 'utf8'), {
    ...options.swcrc,
    swcrc: false,
    filename,
    sourceMaps: 'inline',
  });
  return code;
}

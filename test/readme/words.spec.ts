import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { ROOT } from '../support/eventually.js';

const PLACES = ['src', 'web/src', 'test', 'seeds', 'migrations', 'scripts', 'tools', 'docs'];
const TEXTS = /\.(ts|tsx|mjs|sql|md)$/;
/** Words that need two readings; CONTRIBUTING.md says how to write. */
const REFUSED = /\b(whoever|for ever|anew|of then)\b/i;

it('no text uses words that need two readings', () => {
  const files = PLACES.flatMap((place) =>
    readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, place, file)),
  ).filter((file) => TEXTS.test(file) && !file.includes('node_modules') && file !== fileURLToPath(import.meta.url));
  expect(files.length).toBeGreaterThan(800);
  const found = [...files, ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].map((file) => join(ROOT, file))].flatMap(
    (file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => (REFUSED.test(line) ? [`${relative(ROOT, file)}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

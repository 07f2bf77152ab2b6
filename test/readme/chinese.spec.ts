import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../support/eventually.js';

// Its lines are broken anywhere.
const english = readFileSync(join(ROOT, 'README.md'), 'utf8').replaceAll(/\s+/g, ' ');
const chinese = readFileSync(join(ROOT, 'README.zh-CN.md'), 'utf8');

const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([found]) => found)),
];

/** A change of README.md needs the same change in Chinese. */
describe('README.zh-CN.md', () => {
  it.each([
    ['commands', /npm run [a-z:-]+( -- [a-z:]+)?/g],
    ['settings', /`[A-Z][A-Z_]{3,}[A-Z]`/g],
    ['roles, methods and paths of the interface', /(GET|POST|PATCH) \/[\w/{}-]+/g],
    ['documents', /docs\/[\w-]+\.md/g],
  ])('has the %s that README.md has', (_what, pattern) => {
    expect(all(chinese, pattern).sort()).toEqual(all(english, pattern).sort());
  });

  it('has the code that README.md has', () => {
    const code = (file: string): string[] =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```(ts|sh)\n(.*?)```/gs)].map(([, , lines]) =>
        lines!.replaceAll(/^# .*$/gm, '#'),
      );
    expect(code('README.zh-CN.md')).toEqual(code('README.md'));
  });

  it('has two pictures of the console, which are there', () => {
    const pictures = [...chinese.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path!);
    expect(pictures).toHaveLength(2);
    for (const path of pictures) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
  });
});

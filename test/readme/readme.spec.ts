import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../support/eventually.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const DOCUMENTS = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
const ALL = ['README.md', 'CONTRIBUTING.md', ...DOCUMENTS.map((file) => `docs/${file}`)];

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);

describe('README and docs', () => {
  it.each(ALL)('%s names only commands that exist', (path) => {
    for (const name of matches(read(path), /npm run ([a-z:-]+)/g)) expect(scripts).toHaveProperty([name]);
  });

  it.each(ALL)('%s links only to files that exist', (path) => {
    const linked = matches(read(path), /\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g);
    expect(linked.filter((file) => !existsSync(join(ROOT, dirname(path), file)))).toEqual([]);
  });

  it('docs/commands.md names every script', () => {
    const commands = read('docs/commands.md');
    const named = [...matches(commands, /npm run ([a-z:-]+)/g), ...matches(commands, /npm (start|test)\b/g)];
    expect(new Set(named)).toEqual(new Set(Object.keys(scripts)));
  });

  it('docs/settings.md names every setting that the program reads, and no other', () => {
    const settings = matches(read('.env.example'), /^([A-Z_]+)=/gm);
    const named = matches(read('docs/settings.md'), /^\| `([A-Z_]+)`/gm);
    expect(named.sort()).toEqual(settings.sort());
  });

  it('docs/security.md has a rule for every spec of test/security, and names it there', () => {
    const rules = read('docs/security.md').split(/^## /m).slice(1);
    expect(rules.map((rule) => Number.parseInt(rule, 10))).toEqual(rules.map((_, index) => index + 1));
    for (const file of readdirSync(join(ROOT, 'test/security')).filter((name) => name.endsWith('.spec.ts'))) {
      expect(rules[Number.parseInt(file, 10) - 1]).toContain(`\`${file}\``);
    }
  });

  it('docs/README.md lists every document', () => {
    const listed = matches(read('docs/README.md'), /\]\(([\w-]+\.md)\)/g);
    expect(listed.sort()).toEqual(DOCUMENTS.filter((file) => file !== 'README.md').sort());
  });
});

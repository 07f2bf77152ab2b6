import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../support/eventually.js';
import { runCommand, runProgram } from '../support/program.js';

const WATCHED = { NODE_OPTIONS: `--import ${join(ROOT, 'test/support/preload/say-what-is-loaded.mjs')}` };
const NO_DATABASE = { DATABASE_URL: 'postgresql://127.0.0.1:1/none' };
const SECRETS = { JWT_SECRET: 'x'.repeat(32), ENCRYPTION_KEYS: `${'A'.repeat(43)}=` };

describe('npm run conclave', () => {
  it('lists its commands, those of the READMEs among them', async () => {
    const { code, stdout } = await runCommand('--help', [], {});
    expect(code).toBe(0);
    const listed = [...stdout.matchAll(/^ {2}([a-z:]+) +\S/gm)].map((match) => match[1]!);
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/npm run conclave -- ([a-z:]+)/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(listed).toContain(name);
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const short = Object.values(scripts).flatMap((line) => /conclave\.mjs (\S+)/.exec(line)?.[1] ?? []);
    for (const name of short) expect(listed).toContain(name);
    // A new command goes into the list, not beside it.
    expect(Object.keys(scripts).length).toBeLessThanOrEqual(18);
  });

  it.each([['nonsense'], ['toString'], ['__proto__']])('answers %s with the list and exit code 2', async (name) => {
    const { code, stdout, stderr } = await runCommand(name, [], {});
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`There is no command ${name}.`);
    expect(stderr).toContain('storage:prune');
  });

  it.each([
    ['migrate', ['now']],
    ['seed', ['--all']],
    ['check:invariants', ['--fast']],
    ['keys:rotate', ['x']],
    ['portfolios:purge', ['--yess']],
    ['storage:prune', ['--before', 'May']],
    ['storage:measure', ['--runs', '1']],
    ['replay', ['--instances', 'many']],
    ['data:download', ['--symbol', 'x']],
    ['data:check', []],
    ['probe:live', ['--all']],
    ['agents:study', ['--every', '7']],
    ['bench', ['--rounds', 'x']],
    ['bench:api', ['--rate', 'x']],
    ['bench:login', ['--fast']],
    ['docs:factors', ['--write']],
  ])('%s %j is refused with the usage, before the program is loaded', async (name, args) => {
    const { code, stderr } = await runCommand(name, args, { ...NO_DATABASE, ...WATCHED });
    expect(code).toBe(2);
    expect(stderr).toContain(`Usage: npm run ${/^(replay|bench|bench:api)$/.test(name) ? '' : 'conclave -- '}${name}`);
    expect(stderr).toMatch(/not loaded$/);
  });

  it.each([['migrate'], ['seed'], ['check:invariants'], ['typeorm'], ['probe:live']])(
    '%s says that a setting is wrong before the program is loaded',
    async (name) => {
      const { code, stderr } = await runCommand(name, [], { PORT: 'x', ...WATCHED });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Wrong settings: PORT: .*\nnot loaded$/);
    },
  );

  it('so does the server', async () => {
    const { code, stderr } = await runProgram('src/main.js', [], { PORT: 'x', ...WATCHED });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Wrong settings: PORT: .*\nnot loaded$/);
    const started = await runProgram('src/main.js', [], { ...NO_DATABASE, ...SECRETS, ...WATCHED });
    expect(started.stderr).toMatch(/\nloaded$/);
  });
});

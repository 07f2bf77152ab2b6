import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../support/eventually.js';

const MAIN = 'import { word } from "./word.js";\nconsole.log(word);\n';
/** A project with the settings of this one, and next to nothing to compile. */
const SOURCES = {
  'package.json': '{ "name": "stand-in", "type": "module" }',
  'package-lock.json': '{}',
  'ormconfig.ts': 'export const nothing = null;\n',
  'src/main.ts': MAIN,
  'src/word.ts': 'export const word: string = "built";\n',
  'src/word.spec.ts': 'export const spec = 1;\n',
  'src/query.sql': 'SELECT 1\n',
  'migrations/first.ts': 'export const first = 1;\n',
  'seeds/first.ts': 'export const first = 1;\n',
  'web/index.html': '<!doctype html><title>console</title>\n',
};
const AS_HERE = [
  'scripts/build.mjs',
  'scripts/start.mjs',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  '.swcrc',
];

describe('the build', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-build-'));
    for (const file of AS_HERE) cpSync(join(ROOT, file), join(folder, file), { recursive: true });
    for (const [file, text] of Object.entries(SOURCES)) write(file, text);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const stamps = (): number[] =>
    ['dist', 'web/dist'].map((part) => statSync(join(folder, part, '.build-stamp')).mtimeMs);
  const leftOver = (): string[] =>
    [folder, join(folder, 'web')].flatMap((place) => readdirSync(place)).filter((name) => name.includes('dist.new'));
  const run = (script: string): Promise<{ code: number | null; stdout: string; stderr: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(folder, 'scripts', script)], { cwd: folder });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });

  it('is made by the first of several that start at once, whole for each of them', async () => {
    const ended = await Promise.all([run('start.mjs'), run('start.mjs')]);
    // Nothing but the program writes to the standard output.
    for (const { stdout } of ended) expect(stdout).toBe('built\n');
    for (const file of [
      'src/main.js',
      'src/main.js.map',
      'src/query.sql',
      'ormconfig.js',
      'migrations/first.js',
      'seeds/first.js',
    ])
      expect([file, existsSync(join(folder, 'dist', file))]).toEqual([file, true]);
    expect(existsSync(join(folder, 'dist/src/word.spec.js'))).toBe(false);
    expect(readFileSync(join(folder, 'web/dist/index.html'), 'utf8')).toContain('console');
    expect(leftOver()).toEqual([]);
  });

  it('is made again when a source has changed, and only the part that it belongs to', async () => {
    const [server, console] = stamps();
    expect(await run('start.mjs')).toMatchObject({ code: 0, stdout: 'built\n' });
    expect(stamps()).toEqual([server, console]);
    write('src/word.ts', 'export const word: string = "built again";\n');
    expect(await run('start.mjs')).toMatchObject({ code: 0, stdout: 'built again\n' });
    expect(stamps()[1]).toBe(console);
    write('web/index.html', '<!doctype html><title>another console</title>\n');
    const [newServer] = stamps();
    expect(await run('start.mjs')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'web/dist/index.html'), 'utf8')).toContain('another console');
    expect(stamps()[0]).toBe(newServer);
  });

  it('that fails says where, ends with 1 and leaves the one before in place', async () => {
    const before = stamps();
    write('src/word.ts', 'export const word string = ;\n');
    const { code, stdout, stderr } = await run('start.mjs');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('src/word.ts');
    expect(stderr).toContain('The program could not be built');
    expect(stamps()).toEqual(before);
    expect(leftOver()).toEqual([]);
  });

  it('is used as it is where only the packages for production are installed, and asked for where there is none', async () => {
    rmSync(join(folder, 'node_modules'));
    mkdirSync(join(folder, 'node_modules'));
    write('src/word.ts', 'export const word: string = "never built";\n');
    expect(await run('start.mjs')).toMatchObject({ code: 0, stdout: 'built again\n' });
    rmSync(join(folder, 'dist'), { recursive: true });
    const { code, stderr } = await run('start.mjs');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'The program is not built, and the packages to build it are not installed. Run npm ci, then npm run build.\n',
    });
  });
});

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, ROOT } from '../support/eventually.js';

/** In place of the program: says that it runs, and ends in order when it is told to. */
const STAND_IN = `
  setInterval(() => undefined, 1000);
  process.once('SIGTERM', () => { console.log('stopped in order'); process.exit(0); });
  console.log('process ' + process.pid);
`;

describe('npm', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-npm-'));
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const name of ['scripts', 'src']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stand-in', type: 'module', scripts }));
    writeFileSync(join(folder, 'scripts', 'start.mjs'), STAND_IN);
    writeFileSync(join(folder, 'scripts', 'build.mjs'), '');
    writeFileSync(join(folder, 'src', 'main.ts'), STAND_IN);
    for (const file of ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', '.swcrc'])
      cpSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['start', 'start:dev'])('run %s hands SIGTERM on to the program, which a shell would not', async (script) => {
    const npm = spawn('npm', ['run', script, '--no-update-notifier'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const pid = await eventually('the program runs', async () => /process (\d+)/.exec(output)?.[1]);
    npm.kill('SIGTERM');
    try {
      await eventually('the program ends', async () => (output.includes('stopped in order') ? true : null), 10);
    } finally {
      stop(Number(pid));
    }
    expect(output).toContain('stopped in order');
  });
});

/** Does nothing when it has ended. */
function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

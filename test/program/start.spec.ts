import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '../support/eventually.js';
import { startProgram, type Program } from '../support/program.js';

interface Listed {
  readonly items: readonly { readonly id: string; readonly instance_name: string }[];
}

/** The program as a newcomer starts it: the embedded database, an empty data folder. */
describe('the program on its embedded database', () => {
  let dataDir: string;
  let port: number;
  let program: Program;
  let password = '';
  let executions = 0;
  let strategyId = '';

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'conclave-program-'));
    chmodSync(dataDir, 0o755);
    port = await freePort();
  });

  afterAll(async () => {
    program.child.kill('SIGTERM');
    await program.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  function start(): Program {
    return startProgram('src/main.js', [], { PORT: String(port), DATA_DIR: dataDir });
  }

  async function ready(): Promise<void> {
    await eventually(`ready, after ${program.output()}`, async () => {
      if (program.child.exitCode !== null) throw new Error(`It ended: ${program.output()}`);
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
      return answer?.ok ? true : null;
    });
  }

  async function call<T>(path: string, token?: string, body?: unknown): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function signIn(): Promise<string> {
    const body = { email: 'admin@conclave.local', password };
    return (await call<{ access_token: string }>('/auth/login', undefined, body)).access_token;
  }

  it('starts, prints the console and the generated passwords once, and runs the demo instance', async () => {
    program = start();
    await ready();
    expect(program.output()).toContain(`Swagger console: http://127.0.0.1:${port}/docs`);
    password = /Administrator: admin@conclave.local {2}password: (\S+)/.exec(program.output())![1]!;

    const token = await signIn();
    const { items } = await call<Listed>('/strategies', token);
    expect(items).toHaveLength(1);
    strategyId = items[0]!.id;
    const history = await eventually('an execution of the demo instance', async () => {
      const page = await call<{ items: { id: string; signal: string }[] }>(
        `/strategies/${strategyId}/executions`,
        token,
      );
      return page.items.length > 0 ? page.items : null;
    });
    executions = history.length;
    const whole = await call<{ reasons: unknown[] }>(`/strategies/${strategyId}/executions/${history[0]!.id}`, token);
    expect(whole.reasons.length).toBeGreaterThan(0);
  });

  it('keeps its secrets to its owner', () => {
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toContain('jwt_secret');
    expect(program.output()).not.toContain(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).jwt_secret);
  });

  it('loses nothing when it is killed: the next start takes the database over', async () => {
    const before = readPostmasterPid();
    program.child.kill('SIGKILL');
    await program.ended;
    program = start();
    await ready();
    expect(readPostmasterPid()).toBe(before);
    expect(program.output()).not.toContain('generated');
    const page = await call<{ items: unknown[] }>(`/strategies/${strategyId}/executions`, await signIn());
    expect(page.items.length).toBeGreaterThanOrEqual(executions);
  });

  it('ends in order on SIGTERM, and stops the database', async () => {
    program.child.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0 });
    expect(readdirSync(join(dataDir, 'postgres.tenants'))).toEqual([]);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('says in one line that the port is in use, with exit code 1', async () => {
    program = start();
    await ready();
    const second = await startProgram('src/main.js', [], { PORT: String(port), DATA_DIR: dataDir }).ended;
    expect(second).toMatchObject({ code: 1, stderr: `Port ${port} is in use. Set PORT to a free one.\n` });
    // The first one still has its database.
    await ready();
    expect(await signIn()).toEqual(expect.any(String));
  });

  function readPostmasterPid(): string {
    return readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]!;
  }
});

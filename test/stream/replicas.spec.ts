import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isBefore, readPosition, type Position } from '../../src/stream/events/event.store.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { happenings, listen, type EventStream, type StreamEvent } from '../support/event-stream.js';
import { eventually, freePort } from '../support/eventually.js';
import { startProgram, type Program } from '../support/program.js';

const ADMIN = { email: 'admin@conclave.test', password: 'a long enough passphrase' };

interface Replica {
  readonly url: string;
  readonly program: Program;
}

const placeOf = ({ id }: StreamEvent): Position => readPosition(id)!;

/** Two processes that answer and one that works, each for real. */
describe('the stream across processes', () => {
  let database: TestDatabase;
  let worker: Replica;
  let first: Replica;
  let second: Replica;
  let token: string | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    // One after the other: only the first seeds.
    first = await start('api');
    [second, worker] = await Promise.all([start('api'), start('worker')]);
    const login = await fetch(`${first.url}/api/v1/auth/login`, post(ADMIN));
    token = ((await login.json()) as { access_token: string }).access_token;
  }, 240_000);

  afterAll(async () => {
    for (const { program } of [worker, first, second]) {
      program.child.kill('SIGTERM');
      await program.ended;
    }
    await database.close();
  }, 120_000);

  function post(body: object): RequestInit {
    const signed: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return { method: 'POST', headers: { 'content-type': 'application/json', ...signed }, body: JSON.stringify(body) };
  }

  async function start(role: 'api' | 'worker', port?: number): Promise<Replica> {
    const at = port ?? (await freePort());
    const program = startProgram('src/main.js', [], {
      PORT: String(at),
      DATABASE_URL: database.url,
      APP_ROLE: role,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      LOG_LEVEL: 'error',
      DEMO: 'false',
      JWT_SECRET: 'a secret of the replicas that is long enough',
      ENCRYPTION_KEYS: `${'A'.repeat(43)}=`,
    });
    const url = `http://127.0.0.1:${at}`;
    await eventually(
      `the ${role} is ready`,
      async () => {
        if (program.child.exitCode !== null) throw new Error(program.output());
        return (await fetch(`${url}/health/ready`).catch(() => null))?.ok ? true : null;
      },
      90,
    );
    return { url, program };
  }

  async function runNow(): Promise<string> {
    const answer = await fetch(`${second.url}/api/v1/strategy-definitions/1/runs`, post({}));
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { id: string }).id;
  }

  const heard = (stream: EventStream, type: string, runId: string) =>
    stream.next(`${type} of ${runId}`, (event) => event.type === type && event.data['run_id'] === runId);

  it('tells what a worker did, goes on at another process, and misses nothing while its own is gone', async () => {
    const made = await fetch(
      `${second.url}/api/v1/strategies`,
      post({ strategy_definition_id: 1, initial_balance: '10000' }),
    );
    expect(made.status).toBe(201);
    const atFirst = await listen(first.url, token!);
    const atSecond = await listen(second.url, token!);
    const runs = [await runNow()];
    for (const stream of [atFirst, atSecond]) {
      await heard(stream, 'definition.tick', runs[0]!);
      await heard(stream, 'executions.recorded', runs[0]!);
      await heard(stream, 'run.finished', runs[0]!);
    }
    // The first one ends: it says so, and lets nobody wait.
    first.program.child.kill('SIGTERM');
    await atFirst.ended;
    expect(atFirst.events.at(-1)).toMatchObject({ type: 'end', data: { reason: 'stopping' } });
    const { code } = await first.program.ended;
    expect(code).toBe(0);
    runs.push(await runNow());
    await heard(atSecond, 'run.finished', runs[1]!);
    const port = Number(new URL(first.url).port);
    first = await start('api', port);
    runs.push(await runNow());
    const back = await listen(first.url, token!, { lastEventId: atFirst.events.at(-1)!.id });
    const moved = await listen(second.url, token!, { lastEventId: atFirst.events.at(-1)!.id });
    for (const stream of [back, moved]) await heard(stream, 'run.finished', runs[2]!);
    const last = await heard(atSecond, 'run.finished', runs[2]!);
    // Runs of other definitions go on meanwhile, and each stream hears of them at its own time. What all of them have heard
    // goes from the place where the second stream began, a moment after the first, to the end of the last run.
    const begin = placeOf(atSecond.events[0]!);
    const end = placeOf(last);
    const lines = (events: readonly StreamEvent[]): string[] =>
      events
        .filter((event) => isBefore(begin, placeOf(event)) && !isBefore(end, placeOf(event)))
        .map(({ id, type, data }) => `${id} ${type} ${String(data['run_id'])}`);
    const whole = lines(happenings(atSecond.events));
    for (const run of runs) {
      const types = ['definition.tick', 'executions.recorded', 'run.finished'];
      expect(whole.filter((line) => line.endsWith(run)).map((line) => line.split(' ')[1])).toEqual(types);
    }
    // The clients that were away have heard what the one that stayed has, each once, in the same order.
    for (const told of [atSecond.events, ...[back, moved].map(({ events }) => [...atFirst.events, ...events])]) {
      const heardOf = happenings(told);
      expect(lines(heardOf)).toEqual(whole);
      const outOfOrder = heardOf.filter((event, at) => at > 0 && !isBefore(placeOf(heardOf[at - 1]!), placeOf(event)));
      expect(outOfOrder).toEqual([]);
    }
    for (const stream of [atSecond, back, moved]) await stream.close();
  }, 240_000);
});

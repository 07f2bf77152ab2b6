import { randomUUID } from 'node:crypto';
import { InstanceCreationService } from '../../src/instances/instance-creation.service.js';
import { exampleOf, operationsOf, readDocument, type Operation } from './api-document.js';
import { createTestApp, type TestApp, type TestAppOptions, type TestUser } from './app.js';
import { recordRun } from './history.js';
import { createDefinition } from './strategies.js';

/** Everybody who may send a request. */
export const ACTORS = ['nobody', 'user', 'trader A', 'trader B', 'admin'] as const;
export type Actor = (typeof ACTORS)[number];
type SignedInActor = Exclude<Actor, 'nobody'>;

/** What a request is about; `-` where the path names nothing. */
export type Target =
  | '-'
  | 'there'
  | 'missing'
  | 'own'
  | "other's"
  | "other's, stopped"
  // Of an execution: the strategy is the actor's own, the execution is not.
  | "own, other's execution"
  | 'own, missing execution';

/** An application with somebody in each role and something of each kind. */
export interface World {
  readonly t: TestApp;
  readonly operations: readonly Operation[];
  readonly users: Readonly<Record<SignedInActor, TestUser>>;
  /** `Bearer ...` of an actor; none for nobody. */
  headersOf(actor: Actor): Record<string, string>;
  /** The cookie that an operation on the console's session needs, new each time; nothing for all others. */
  cookieFor(operation: Operation): Promise<Record<string, string>>;
  /** Signs everybody in again: access tokens run out after 15 minutes, and a test may take longer. */
  signInAgain(): Promise<void>;
  /**
   * The path of an operation with a target of that kind in it. A strategy has one run; whatever is changed is made
   * new each time, what is only read is always the same.
   */
  pathFor(operation: Operation, actor: Actor, target: Target): Promise<string>;
  /** A body that the operation accepts from everybody who may call it, new each time; undefined where it takes none. */
  validBody(operation: Operation): Promise<Record<string, unknown> | undefined>;
}

/** The password of every user that the test application makes; also the document's example. */
export const PASSWORD = 'a long enough passphrase';
const MISSING_NUMBER = '2147483646';
const MISSING_NAME = 'nothing_of_that_name';
/** Its address is one that is never asked, so that no test depends on a network. */
const UNREACHABLE_API = 'mempool_space_api';
const NAMES: Readonly<Record<string, string>> = {
  '/decision-agents/{class}': 'MultiAgentConvictionDecision',
  '/admin/agents/{name}': 'ta',
  '/admin/tools/{name}': 'get_fear_greed',
  '/admin/apis/{name}/test': UNREACHABLE_API,
  '/admin/apis/{name}': 'fred_api',
};

export async function createWorld(options: TestAppOptions = {}): Promise<World> {
  const t = await createTestApp(options);
  const document = readDocument();
  const users: World['users'] = {
    user: await t.signUp('user', 'Una User'),
    'trader A': await t.signUp('trader', 'Ada A'),
    'trader B': await t.signUp('trader', 'Bob B'),
    admin: await t.signUp('admin', 'Ann Admin'),
  };
  /** Signs in and out for those operations; the others keep their sessions and passwords. */
  const signer = await t.signUp('user', 'Sid Signer');
  const definitionId = await createDefinition(t, users.admin);
  await t.database.dataSource.query(`UPDATE api_config SET base_url = 'https://127.0.0.1' WHERE api_name = $1`, [
    UNREACHABLE_API,
  ]);
  const creation = t.app.get(InstanceCreationService, { strict: false });
  let count = 0;

  /** Strategies that are only read. */
  const kept = new Map<string, ReturnType<typeof addStrategy>>();

  function strategy({ method }: Operation, owner: SignedInActor, stopped: boolean): ReturnType<typeof addStrategy> {
    if (method !== 'get') return addStrategy(owner, stopped);
    const key = `${owner} ${stopped}`;
    const found = kept.get(key) ?? addStrategy(owner, stopped);
    kept.set(key, found);
    return found;
  }

  async function addStrategy(owner: SignedInActor, stopped: boolean) {
    const { id: userId, email } = users[owner];
    const body = { strategy_definition_id: definitionId, initial_balance: '10000' };
    const id = await creation.create({ id: userId, email, full_name: null }, body);
    const run = await recordRun(t, definitionId, id);
    if (stopped) await t.database.dataSource.query(`UPDATE portfolios SET is_active = false WHERE id = $1`, [id]);
    return { id, ...run };
  }

  async function addUser(): Promise<string> {
    const [row] = await t.database.dataSource.query<{ id: string }[]>(
      `INSERT INTO users (email, password_hash, role) VALUES ($1, '!', 'user') RETURNING id`,
      [`bystander-${++count}@conclave.test`],
    );
    return row!.id;
  }

  async function addLlmCall(): Promise<string> {
    const id = randomUUID();
    await t.database.dataSource.query(
      `INSERT INTO llm_calls (id, agent_name, provider, model, content_hash, prompt, status, answer, verdict, reserved,
         cost, day, asked_at, expires_at, answered_at)
       VALUES ($1::uuid, 'macro', 'https://api.openai.com/v1', 'small', $1::text, $2, 'answered', '{}', $3, 1, 0.5, now(),
         now(), now(), now())`,
      [
        id,
        JSON.stringify([{ role: 'user', content: '{}' }]),
        JSON.stringify({ score: 1, confidence: 1, reasoning: 'Calm.' }),
      ],
    );
    return id;
  }

  async function strategyPath(operation: Operation, actor: Actor, target: Target): Promise<string> {
    const own: SignedInActor = actor === 'nobody' ? 'trader A' : actor;
    const other: SignedInActor = actor === 'trader A' ? 'trader B' : 'trader A';
    const isOwn = target.startsWith('own');
    const { id, executionId } = await strategy(operation, isOwn ? own : other, target === "other's, stopped");
    const theirs = target === "own, other's execution" ? await strategy(operation, other, false) : { executionId };
    return operation.path
      .replace('{id}', target === 'missing' ? randomUUID() : id)
      .replace('{executionId}', target.includes('missing') ? randomUUID() : theirs.executionId);
  }

  /** What opens the stream for an actor, in the query; nobody has none. */
  async function ticketOf(actor: Actor): Promise<string> {
    if (actor === 'nobody') return '';
    const headers = { Authorization: `Bearer ${tokens.get(actor)!}` };
    const { status, body } = await t.http.post('/api/v1/stream/tickets').set(headers);
    if (status !== 200) throw new Error(`ticket: ${status}`);
    return `?ticket=${(body as { ticket: string }).ticket}`;
  }

  async function pathFor(operation: Operation, actor: Actor, target: Target): Promise<string> {
    const { path } = operation;
    const missing = target === 'missing';
    if (operation.id === 'openStream') return path + (await ticketOf(actor));
    if (operation.id === 'listCandles') return `${path}?symbol=BTC&channel=binance_spot&interval=1h`;
    if (!path.includes('{')) return path;
    if (path.includes('/strategies/{id}')) return strategyPath(operation, actor, target);
    if (path.includes('/strategy-definitions/{id}')) {
      return path.replace('{id}', missing ? MISSING_NUMBER : String(definitionId));
    }
    if (path.includes('/runs/{id}')) {
      return path.replace('{id}', missing ? randomUUID() : (await strategy(operation, 'trader A', false)).runId);
    }
    if (path.includes('/llm-calls/{id}')) return path.replace('{id}', missing ? randomUUID() : await addLlmCall());
    if (path.includes('/users/{id}')) return path.replace('{id}', missing ? randomUUID() : await addUser());
    const [place, name] = Object.entries(NAMES).find(([part]) => path.includes(part)) ?? [];
    if (place === undefined || name === undefined) throw new Error(`No sample for ${path}: add one to NAMES.`);
    return path.replace(/\{\w+\}/, missing ? MISSING_NAME : name);
  }

  /** Where the document's example is right only once, or only for somebody. */
  const changes: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
    register: async () => ({ email: `new-${++count}@conclave.test` }),
    createUser: async () => ({ email: `new-${++count}@conclave.test` }),
    login: async () => ({ email: signer.email, password: PASSWORD }),
    openConsoleSession: async () => ({ email: signer.email, password: PASSWORD }),
    refreshTokens: async () => ({ refresh_token: await refreshToken() }),
    logout: async () => ({ refresh_token: await refreshToken() }),
    updateProfile: async () => ({ password: undefined, current_password: undefined }),
    createStrategyDefinition: async () => ({ name: `world_definition_${++count}` }),
    // Still switched on, for the next run.
    updateStrategyDefinition: async () => ({ is_active: true }),
    createStrategy: async () => ({ strategy_definition_id: definitionId }),
  };

  async function signIn({ email }: TestUser): Promise<{ access_token: string; refresh_token: string }> {
    const { status, body } = await t.http.post('/api/v1/auth/login').send({ email, password: PASSWORD });
    if (status !== 200) throw new Error(`login: ${status}`);
    return body as { access_token: string; refresh_token: string };
  }

  async function cookieFor({ id }: Operation): Promise<Record<string, string>> {
    if (id !== 'continueConsoleSession' && id !== 'closeConsoleSession') return {};
    const { status, headers } = await t.http
      .post('/api/v1/auth/session')
      .send({ email: signer.email, password: PASSWORD });
    if (status !== 200) throw new Error(`session: ${status}`);
    const [cookie = ''] = headers['set-cookie'] as unknown as string[];
    return { Cookie: cookie.split(';', 1)[0] ?? '' };
  }

  async function refreshToken(): Promise<string> {
    return (await signIn(signer)).refresh_token;
  }

  const tokens = new Map(Object.entries(users).map(([actor, user]) => [actor, user.token]));

  return {
    t,
    operations: operationsOf(document),
    users,
    headersOf: (actor): Record<string, string> =>
      actor === 'nobody' ? {} : { Authorization: `Bearer ${tokens.get(actor)!}` },
    async signInAgain() {
      // The users who may change their password have done so: the document's example is the present one again.
      await t.database.dataSource.query(
        `UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email = $1) WHERE email = ANY ($2)`,
        [signer.email, Object.values(users).map(({ email }) => email)],
      );
      for (const [actor, user] of Object.entries(users)) tokens.set(actor, (await signIn(user)).access_token);
    },
    cookieFor,
    pathFor,
    async validBody(operation) {
      if (!operation.body) return undefined;
      const example = exampleOf(document, operation.body) as Record<string, unknown>;
      return { ...example, ...(await changes[operation.id]?.()) };
    },
  };
}

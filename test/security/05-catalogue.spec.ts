import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { createTestEngine } from '../support/engine.js';
import { fingerprint } from '../support/fingerprint.js';
import { ROOT } from '../support/eventually.js';
import { as, createDefinition, definitionBody, DEFINITIONS } from '../support/strategies.js';

/** A module that leaves a mark when it is loaded, in whatever way. */
const folder = mkdtempSync(join(tmpdir(), 'conclave-trap-'));
const mark = join(folder, 'loaded');
const trap = join(folder, 'trap.mjs');
writeFileSync(
  trap,
  `import { writeFileSync } from 'node:fs';
   writeFileSync(${JSON.stringify(mark)}, 'x');
   globalThis.trapped = true;
   export class Evil { decide() {} }
   export default Evil;`,
);

const source = (folderName: string): string => relative(join(ROOT, folderName), trap);

const HOSTILE: readonly string[] = [
  trap,
  trap.replace(/\.mjs$/, ''),
  pathToFileURL(trap).href,
  source('.'),
  source('src'),
  source('src/definitions'),
  source('dist/src/decision-agents'),
  `data:text/javascript,globalThis.trapped=true;export class Evil{}`,
  `data:text/javascript;base64,${Buffer.from('globalThis.trapped=true').toString('base64')}`,
  'node:child_process',
  'child_process',
  'node:vm',
  'http://127.0.0.1:1/evil.js',
  '../../x',
  '/etc/passwd',
  'decision-agents/../../../../etc/passwd',
  'decision-agents/multi-agent-conviction/../multi-agent-conviction',
  'decision-agents\\multi-agent-conviction',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'Object',
  'Function',
  'process',
  'multiagentconvictiondecision',
  ' MultiAgentConvictionDecision',
  'MultiAgentConvictionDecision\u200b',
  'ＭultiAgentConvictionDecision',
  '${process.exit()}',
  'x'.repeat(10_240),
];

function nothingIsLoaded(): boolean {
  return !existsSync(mark) && !('trapped' in globalThis);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('point 5: names of code in a definition', () => {
  let t: TestApp;
  let admin: TestUser;
  let definition: number;

  beforeAll(async () => {
    t = await createTestApp();
    admin = await t.signUp('admin');
    definition = await createDefinition(t, admin);
  });

  afterAll(() => t.close());

  const FIELDS: readonly [string, (name: string) => Record<string, unknown>][] = [
    ['decision_agent_module', (name) => ({ decision_agent_module: name })],
    ['decision_agent_class', (name) => ({ decision_agent_class: name })],
    ['decision_agent_module and _class', (name) => ({ decision_agent_module: name, decision_agent_class: 'Evil' })],
    ['business_agents', (name) => ({ business_agents: [name] })],
    ['business_agents, beside known ones', (name) => ({ business_agents: ['macro', 'onchain', 'ta', name] })],
    ['trade_channel', (name) => ({ trade_channel: name })],
    ['trade_symbol', (name) => ({ trade_symbol: name })],
  ];

  it.each(FIELDS)('%s: 422 for each hostile one, nothing stored, nothing loaded', async (_field, change) => {
    const before = await fingerprint(t.database.dataSource);
    for (const name of HOSTILE) {
      const { status, body } = await as(t.http.post(DEFINITIONS), admin).send(definitionBody(change(name)));
      expect({ name: name.slice(0, 60), status, code: body.code }).toEqual({
        name: name.slice(0, 60),
        status: 422,
        code: 'validation_failed',
      });
      expect(JSON.stringify(body).length).toBeLessThan(5000);
    }
    expect(await fingerprint(t.database.dataSource)).toEqual(before);
    expect(nothingIsLoaded()).toBe(true);
  });

  it('a change of the business agents is held to the same', async () => {
    for (const name of HOSTILE) {
      const { status } = await as(t.http.patch(`${DEFINITIONS}/${definition}`), admin).send({
        business_agents: [name],
      });
      expect({ name: name.slice(0, 60), status }).toEqual({ name: name.slice(0, 60), status: 422 });
    }
    expect(nothingIsLoaded()).toBe(true);
  });

  it('module and class cannot be changed afterwards, nor those of agents and tools', async () => {
    const patch = async (path: string, body: Record<string, unknown>) =>
      (await as(t.http.patch(path), admin).send(body)).status;
    expect(await patch(`${DEFINITIONS}/${definition}`, { decision_agent_module: trap })).toBe(422);
    expect(await patch(`${DEFINITIONS}/${definition}`, { decision_agent_class: 'Evil' })).toBe(422);
    expect(await patch('/api/v1/admin/agents/ta', { agent_module: trap })).toBe(422);
    expect(await patch('/api/v1/admin/agents/ta', { agent_class: 'Evil' })).toBe(422);
    expect(await patch('/api/v1/admin/tools/get_dxy', { tool_module: trap })).toBe(422);
    expect(await patch('/api/v1/admin/tools/get_dxy', { tool_function: 'constructor' })).toBe(422);
  });

  it('a decision agent that is asked by a hostile name is none: 404', async () => {
    for (const name of HOSTILE) {
      const path = `/api/v1/decision-agents/${encodeURIComponent(name)}/evaluate`;
      const { status } = await as(t.http.post(path), admin).send({ analyses: {}, market: { price: '1' } });
      expect({ name: name.slice(0, 60), status }).toEqual({ name: name.slice(0, 60), status: 404 });
    }
    expect(nothingIsLoaded()).toBe(true);
  });
});

describe('point 5: names that stand in the database already', () => {
  it('are compared when a run takes place, too: the run fails, nothing is loaded', async () => {
    const engine = await createTestEngine();
    const sql = engine.database.dataSource;
    try {
      await engine.addInstances(1);
      await sql.query(`UPDATE agent_registry SET agent_module = $1, agent_class = 'Evil'`, [trap]);
      await sql.query(`UPDATE tool_registry SET tool_module = $1, tool_function = 'Evil'`, [trap]);
      await sql.query(
        `UPDATE strategy_definitions SET decision_agent_module = $1, decision_agent_class = $1,
           business_agents = $2::jsonb WHERE is_active`,
        [trap.slice(0, 100), JSON.stringify([trap, pathToFileURL(trap).href, 'ta'])],
      );
      const [runId] = await engine.tick().catch(() => []);
      const runs = await sql.query<{ status: string }[]>(`SELECT status FROM strategy_runs`);
      expect([runId === undefined ? 'failed' : 'ended', ...runs.map(({ status }) => status)]).not.toContain(
        'completed',
      );
      const [traded] = await sql.query(`SELECT count(*)::integer AS n FROM trades`);
      expect(traded).toEqual({ n: 0 });
    } finally {
      await engine.close();
    }
    expect(nothingIsLoaded()).toBe(true);
  });
});

describe('point 5: the trap and the code', () => {
  it('the trap would have worked', () => {
    execFileSync(process.execPath, [trap]);
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
  });

  it('nowhere in the program is code loaded by a name that is made at run time', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
    const found = sources.flatMap((file) => {
      const text = readFileSync(join(ROOT, 'src', file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
      // What is large is loaded when it is needed: its name is a constant.
      const code = text.replaceAll(/\bimport\('[^'\n]+'\)/g, '');
      return /\bimport\s*\(|\brequire\s*\(|\bcreateRequire\b|\beval\s*\(|\bnew Function\b|['"](node:)?vm['"]/.test(code)
        ? [file]
        : [];
    });
    expect(sources.length).toBeGreaterThan(150);
    // createRequire there only says where the package of the PostgreSQL binaries is; nothing of it is loaded.
    const watchdog = 'decision-agents/cutoff/run-with-timeout.ts';
    expect(found.toSorted()).toEqual([watchdog, 'platform/embedded-postgres/placement.ts']);
    // The watchdog needs a script to watch: its text is a constant, and all it does is call a function.
    const scripts = readFileSync(join(ROOT, 'src', watchdog), 'utf8').match(/\bScript\([^)]*\)?/g);
    expect(scripts).toEqual([`Script('work()`]);
  });
});

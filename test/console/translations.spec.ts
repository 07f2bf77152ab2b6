import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { AUDIT_ACTIONS, AUDIT_TARGETS } from '../../src/auth/audit-log/audit-names.js';
import { createBusinessAgents } from '../../src/business-agents/business-agents.catalogue.js';
import { DECISION_AGENT_LIST } from '../../src/decision-agents/decision-agent-list.js';
import { VIOLATION_CODES } from '../../src/domain/violation.js';
import { MARKET_TOOLS } from '../../src/market-data/tools/market-tools.js';
import { INVARIANTS } from '../../src/invariants/invariants.js';
import { REASON_CODES } from '../../src/domain/decision/reason-codes.js';
import { APIS } from '../../seeds/apis.js';
import { DEFINITIONS } from '../../seeds/definitions.js';
import { en } from '../../web/src/i18n/en.js';
import { zh } from '../../web/src/i18n/zh.js';
import { ACTIONS, TARGETS } from '../../web/src/pages/admin/audit-names.js';
import { ROOT } from '../support/eventually.js';

const SOURCES = join(ROOT, 'web', 'src');

/** `{a: {b: 'c'}}` -> `a.b` and its words. */
function flat(dictionary: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(dictionary).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[`${path}${name}`, value]] : [...flat(value as object, `${path}${name}.`)],
    ),
  );
}

const placesIn = (words: string): string[] => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

const english = flat(en);
const chinese = flat(zh);
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|d)\.tsx?$/.test(file) && !file.startsWith('i18n/'))
  .map((file) => ({ file, text: readFileSync(join(SOURCES, file), 'utf8') }));

describe('the words of the console', () => {
  it('are there in both languages, with the same figures in them', () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
    for (const [key, words] of english) {
      expect([key, placesIn(chinese.get(key)!)]).toEqual([key, placesIn(words)]);
      expect([key, words.trim() !== '', chinese.get(key)!.trim() !== '']).toEqual([key, true, true]);
    }
  });

  it('are Chinese in Chinese, and not in English', () => {
    for (const [key, words] of english) expect([key, /\p{Script=Han}/u.test(words)]).toEqual([key, false]);
    // Names and figures are the same in both.
    const same = [...chinese].filter(([, words]) => !/\p{Script=Han}/u.test(words)).map(([key]) => key);
    expect(same).toEqual(['common.none', 'view.utc']);
  });

  it('are there for everything that the pages ask for', () => {
    const groups = new Set([...english.keys()].map((key) => key.slice(0, key.lastIndexOf('.'))));
    for (const { file, text } of sources) {
      for (const [, key] of text.matchAll(/\bt\('([^']+)'/g))
        expect([file, key, english.has(key!)]).toEqual([file, key, true]);
      for (const [, group] of text.matchAll(/\bt\(`([\w.]+)\.\$\{/g))
        expect([file, group, groups.has(group!)]).toEqual([file, group, true]);
      for (const [, group] of text.matchAll(/(?:known|seeded)Words\(t, '(\w+)'/g))
        expect([file, group, groups.has(group!)]).toEqual([file, group, true]);
    }
  });

  it('are all asked for', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const unused = [...english.keys()].filter((key) => {
      const group = key.slice(0, key.lastIndexOf('.'));
      const name = key.slice(group.length + 1);
      if (all.includes(`'${key}'`) || all.includes(`'${group}', '${name}'`)) return false;
      return !new RegExp(`t\\(\`${group}\\.\\$\\{|(?:known|seeded)Words\\(t, '${group}'`).test(all);
    });
    expect(unused).toEqual([]);
  });

  it('are not written into the pages', () => {
    for (const { file, text } of sources) {
      // The button that leads to Chinese says so in Chinese.
      const written = text.replace("'中文'", '').match(/\p{Script=Han}+/gu) ?? [];
      expect([file, written]).toEqual([file, []]);
    }
  });

  it('explain every reason, with numbers that it has', () => {
    for (const [code, meaning] of Object.entries(REASON_CODES)) {
      const words = english.get(`reason.${code}`);
      expect([code, words !== undefined, english.has(`reasonName.${code}`)]).toEqual([code, true, true]);
      const numbers = /\{([^}]*)\}$/.exec(meaning)?.[1]?.split(', ') ?? [];
      expect([code, placesIn(words!).filter((name) => !numbers.includes(name))]).toEqual([code, []]);
    }
  });

  it('say of everything that the server can find wrong what is wrong', () => {
    const codes = Object.keys(VIOLATION_CODES);
    expect(codes.length).toBeGreaterThan(30);
    for (const code of codes) expect([code, english.has(`violation.${code}`)]).toEqual([code, true]);
  });

  it('have what the program comes with as it is stored, so that it is told from what an administrator has changed', () => {
    const stored = [
      ...DEFINITIONS.map(({ name, description }) => ['templateText', name, description]),
      ...createBusinessAgents()
        .all()
        .flatMap(({ name, displayName, description }) => [
          ['agentName', name, displayName],
          ['agentText', name, description],
        ]),
      ...MARKET_TOOLS.all().flatMap(({ name, displayName, description }) => [
        ['toolName', name, displayName],
        ['toolText', name, description],
      ]),
      ...APIS.map(({ api_name, description }) => ['apiText', api_name, description]),
      ...INVARIANTS.map(({ name, forbids }) => ['invariant', name, forbids]),
    ] as const;
    for (const [group, name, text] of stored) {
      expect([group, name, english.get(`${group}.${name}`)]).toEqual([group, name, text]);
    }
    const groups = new Set(stored.map(([group]) => group));
    const said = [...english.keys()].filter((key) => groups.has(key.split('.', 1)[0]!));
    expect(said).toHaveLength(stored.length);
  });

  it('are there for all that is written into the audit log, and it is there to choose from', () => {
    expect(ACTIONS).toEqual(AUDIT_ACTIONS);
    expect(TARGETS).toEqual(AUDIT_TARGETS);
    const keys = [
      ...AUDIT_ACTIONS.map((action) => `auditAction.${action.replace('.', '_')}`),
      ...AUDIT_TARGETS.map((target) => `auditTarget.${target}`),
    ];
    expect(
      [...english.keys()].filter((key) => key.startsWith('auditAction.') || key.startsWith('auditTarget.')),
    ).toEqual(keys);
  });

  it('name every business agent and every factor of theirs', () => {
    for (const agent of createBusinessAgents().all()) {
      expect([agent.name, english.has(`agent.${agent.name}`)]).toEqual([agent.name, true]);
      for (const { name } of agent.factors) expect([name, english.has(`factor.${name}`)]).toEqual([name, true]);
    }
  });

  it('name every param of every decision agent', () => {
    for (const agent of DECISION_AGENT_LIST) {
      const schema = z.toJSONSchema(agent.paramsSchema(agent.defaultBusinessAgents), { io: 'input' });
      for (const name of Object.keys(schema.properties ?? {})) {
        expect([name, english.has(`param.${name}`), english.has(`paramHelp.${name}`)]).toEqual([name, true, true]);
      }
      for (const name of agent.defaultBusinessAgents)
        expect([name, english.has(`agent.${name}`)]).toEqual([name, true]);
    }
  });
});

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AUDIT_ACTIONS, AUDIT_TARGETS } from '../../src/auth/audit-log/audit-log.service.js';
import { englishWordsModule } from '../../src/cli/docs-factors.js';
import { ABSENT_FACTOR_REASONS } from '../../src/business-agents/factors/factor-definition.js';
import { LLM_FAILURES } from '../../src/business-agents/llm/llm-failure.js';
import { REASON_CODES } from '../../src/domain/decision/reason-codes.js';
import { FAILURE_CODES } from '../../src/domain/failure-codes.js';
import { EXIT_KINDS } from '../../src/domain/trading/exits.js';
import { VIOLATION_CODES } from '../../src/domain/violation.js';
import { PROBLEM_CODES } from '../../src/platform/http/problems/problem-codes.js';
import { API_FAILURE_CODES } from '../../src/registry/apis/calls/api-call.js';
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

const withoutPlaces = (words: string): string => words.replace(/\{\{\w+\}\}/g, '');

/** In which file of a language the words of a group stand: `factor` -> `market.ts`. */
async function filesOfGroups(language: 'en' | 'zh'): Promise<ReadonlyMap<string, string>> {
  const folder = join(SOURCES, 'i18n', language);
  // Names of exports that are not those of their groups.
  const renamed: Readonly<Record<string, string>> = {
    params: 'param',
    reasons: 'reason',
    reasonNames: 'reasonName',
  };
  const files = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name !== 'from-code.ts')) {
    const module = (await import(`../../web/src/i18n/${language}/${file.replace('.ts', '.js')}`)) as object;
    const groups = Object.entries(module).flatMap(([name, words]) =>
      typeof Object.values(words as object)[0] === 'string' ? [renamed[name] ?? name] : Object.keys(words as object),
    );
    for (const group of groups) files.set(group, `web/src/i18n/${language}/${file}`);
  }
  return files;
}

/** Words, as what to do with them: one line for each file. */
async function byFile(what: string, language: 'en' | 'zh', keys: readonly string[]): Promise<string[]> {
  const files = await filesOfGroups(language);
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const file = files.get(key.split('.', 1)[0]!) ?? `a file of web/src/i18n/${language}`;
    found.set(file, [...(found.get(file) ?? []), key]);
  }
  return [...found].map(([file, words]) => `${what} ${file}: ${words.join(', ')}`);
}

const english = flat(en);
const chinese = flat(zh);
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|d)\.tsx?$/.test(file) && !file.startsWith('i18n/'))
  .map((file) => ({ file, text: readFileSync(join(SOURCES, file), 'utf8') }));

describe('the words of the console', () => {
  it('are there in both languages, with the same figures in them', async () => {
    const written = readFileSync(join(SOURCES, 'i18n', 'en', 'from-code.ts'), 'utf8');
    const state =
      written === englishWordsModule() ? 'as in the code' : 'not as in the code. Run: npm run conclave -- docs:factors';
    expect(`web/src/i18n/en/from-code.ts is ${state}`).toBe('web/src/i18n/en/from-code.ts is as in the code');
    expect([
      ...(await byFile(
        'add to',
        'zh',
        [...english.keys()].filter((key) => !chinese.has(key)),
      )),
      ...(await byFile(
        'take out of',
        'zh',
        [...chinese.keys()].filter((key) => !english.has(key)),
      )),
    ]).toEqual([]);
    const otherFigures = [...english].filter(
      ([key, words]) => String(placesIn(chinese.get(key)!)) !== String(placesIn(words)),
    );
    expect(otherFigures.map(([key, words]) => `${key}: ${chinese.get(key)} / ${words}`)).toEqual([]);
    const empty = [...english, ...chinese].filter(([, words]) => words.trim() === '');
    expect(empty).toEqual([]);
  });

  it('are translated: no stub of `conclave new` is left', async () => {
    const stubs = [...chinese].filter(([, words]) => words.startsWith('待译'));
    expect(
      await byFile(
        'translate in',
        'zh',
        stubs.map(([key]) => key),
      ),
    ).toEqual([]);
  });

  it('are Chinese in Chinese, and not in English', () => {
    for (const [key, words] of english) expect([key, /\p{Script=Han}/u.test(words)]).toEqual([key, false]);
    // Names, figures and forms without words.
    const same = [...chinese].filter(([, words]) => !/\p{Script=Han}/u.test(words)).map(([key]) => key);
    expect(same).toEqual(['common.none', 'common.sentence', 'common.part', 'common.separator', 'view.utc']);
  });

  it('are there for everything that the pages ask for', async () => {
    const groups = new Set([...english.keys()].map((key) => key.slice(0, key.lastIndexOf('.'))));
    const asked = sources.flatMap(({ text }) => [
      ...[...text.matchAll(/\bt\('([^']+)'/g)].filter(([, key]) => !english.has(key!)),
      ...[...text.matchAll(/\bt\(`([\w.]+)\.\$\{/g), ...text.matchAll(/(?:known|seeded)Words\(t, '(\w+)'/g)].filter(
        ([, group]) => !groups.has(group!),
      ),
    ]);
    expect(await byFile('add to', 'en', [...new Set(asked.map(([, key]) => key!))])).toEqual([]);
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

  it('are there for every code of the server', () => {
    const codes: Readonly<Record<string, object>> = {
      problems: PROBLEM_CODES,
      violation: VIOLATION_CODES,
      failure: { ...FAILURE_CODES, ...API_FAILURE_CODES },
      llmFailure: LLM_FAILURES,
      absence: ABSENT_FACTOR_REASONS,
      reason: REASON_CODES,
      reasonName: { ...REASON_CODES, ...Object.fromEntries(EXIT_KINDS.map((kind) => [kind, kind])) },
      exit: Object.fromEntries(EXIT_KINDS.map((kind) => [kind, kind])),
    };
    const keys = Object.entries(codes).flatMap(([group, words]) =>
      Object.keys(words).map((code) => `${group}.${code}`),
    );
    expect(keys.filter((key) => !english.has(key) || !chinese.has(key))).toEqual([]);
  });

  it('are there for codes that the server raises, and for no others', () => {
    const code = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.endsWith('-codes.ts'))
      .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
      .join('\n');
    const raised = (name: string): boolean => code.includes(`'${name}'`);
    expect(Object.keys({ ...PROBLEM_CODES, ...FAILURE_CODES }).filter((name) => !raised(name))).toEqual([]);
  });

  it('say on which side of its limit a value is', () => {
    // Reasons whose numbers have an input and a limit may be about either side.
    const sided = Object.entries(REASON_CODES).filter(([, meaning]) => /\{input, value, limit/.test(meaning));
    expect(sided.map(([name]) => name)).toEqual(['risk_factor', 'circuit_breaker', 'risk_point']);
    const keys = sided.flatMap(([name]) => ['below', 'above', 'beyond'].map((side) => `reason.${name}_${side}`));
    expect(keys.filter((key) => !english.has(key))).toEqual([]);
    for (const key of keys) {
      const side = { below: '低于', above: '高于', beyond: '超过 ±' }[key.split('_').at(-1)!]!;
      expect([key, chinese.get(key)!.includes(side)]).toEqual([key, true]);
    }
  });

  it('use one term for one thing, as the glossary says', () => {
    const rows = readFileSync(join(SOURCES, 'i18n', 'glossary.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| concept') && !line.startsWith('| ---'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const rejected = (column: number): string[] => rows.flatMap((cells) => cells[column]!.split(', '));
    const wrong = [
      ...[...english].flatMap(([key, words]) =>
        rejected(4)
          .filter((term) => new RegExp(`\\b${term}\\b`, 'i').test(withoutPlaces(words)))
          .map((term) => `en ${key}: ${term}`),
      ),
      ...[...chinese].flatMap(([key, words]) =>
        rejected(5)
          .filter((term) => withoutPlaces(words).includes(term))
          .map((term) => `zh ${key}: ${term}`),
      ),
    ];
    expect(rows.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it('explain every reason with numbers that it has', () => {
    const wrong = Object.entries(REASON_CODES).flatMap(([code, meaning]) => {
      const numbers = /\{([^}]*)\}$/.exec(meaning)?.[1]?.split(', ') ?? [];
      const sentences = ['', '_below', '_above', '_beyond', '_below_idle', '_above_idle', '_beyond_idle'].flatMap(
        (side) => english.get(`reason.${code}${side}`) ?? [],
      );
      const others = sentences.flatMap(placesIn).filter((name) => !numbers.includes(name));
      return others.length > 0 ? [`reason.${code} has no ${others.join(', ')}`] : [];
    });
    expect(wrong).toEqual([]);
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
});

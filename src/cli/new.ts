import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../platform/config/start-error.js';

/** Its code blocks are the templates of the files to write. */
const DOCUMENT = 'docs/extending.md';
const CHINESE = 'web/src/i18n/zh';
/** Prefix of an English word without a Chinese translation; `npm test` fails while one is left. */
const STUB = '待译：';

/** Text of a file in the repository; null when it does not exist. */
export type ReadFile = (path: string) => string | null;

interface Kind {
  readonly example: string;
  /** Ending of every name, given or not: `conviction-dca` becomes the class `ConvictionDcaDecision`. */
  readonly suffix: string;
  /** File of the list, and the text directly before its entries. */
  readonly list: { readonly file: string; readonly opening: string };
  entry(name: Name): { readonly symbol: string; readonly from: string; readonly line: string };
  /** Words that the console needs for it. @param code source text of the class. */
  words(name: Name, code: string): readonly Word[];
}

interface Word {
  readonly file: string;
  /** Text directly before the words of the group. */
  readonly opening: string;
  readonly key: string;
  readonly english: string;
}

/** `conviction-dca` in every spelling that code uses. */
interface Name {
  readonly kebab: string;
  readonly snake: string;
  readonly pascal: string;
  readonly camel: string;
  readonly sentence: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'business-agent': {
    example: 'crowded-longs',
    suffix: 'agent',
    list: { file: 'src/business-agents/business-agents.catalogue.ts', opening: 'BusinessAgent)[] = [' },
    entry: ({ pascal, kebab }) => {
      const symbol = `${pascal}Agent`;
      return { symbol, from: `./${kebab}/${kebab}-agent.js`, line: symbol };
    },
    words: ({ snake, sentence }, code) => [
      { file: 'common.ts', opening: '  agent: {\n', key: snake, english: sentence },
      { file: 'market.ts', opening: '  factor: {\n', key: snake, english: sentence },
      { file: 'seeded.ts', opening: '  agentName: {\n', key: snake, english: textOf(code, 'displayName') },
      { file: 'seeded.ts', opening: '  agentText: {\n', key: snake, english: textOf(code, 'description') },
    ],
  },
  'decision-agent': {
    example: 'one-score',
    suffix: 'decision',
    list: { file: 'src/decision-agents/decision-agent-list.ts', opening: 'DecisionAgent[] = [' },
    entry: ({ pascal, kebab }) => {
      const symbol = `${pascal}Decision`;
      return { symbol, from: `../domain/decision/${kebab}/${kebab}-decision.js`, line: `new ${symbol}()` };
    },
    words: (_name, code) =>
      [...code.matchAll(/^ {6}(\w+): z\..*\.describe\('([^']+)'\),$/gm)].flatMap(([, key, help]) => [
        { file: 'params.ts', opening: 'params: typeof enParams = {\n', key: key!, english: sentenceOf(key!) },
        { file: 'params.ts', opening: 'paramHelp: typeof enParamHelp = {\n', key: key!, english: help! },
      ]),
  },
  channel: {
    example: 'kraken-spot',
    suffix: '',
    list: { file: 'src/trading/channels/channel-list.ts', opening: 'TradeChannel[] = [' },
    entry: ({ camel, kebab }) => ({ symbol: camel, from: `./${kebab}.js`, line: camel }),
    words: ({ snake, sentence }) => [{ file: 'common.ts', opening: '  channel: {\n', key: snake, english: sentence }],
  },
};

/**
 * `npm run conclave -- new business-agent|decision-agent|channel NAME`: writes class, spec, list entry and stubs of the
 * Chinese words.
 * @throws StartError before it writes anything.
 */
export async function run(args: readonly string[]): Promise<void> {
  const files = filesOfNew(args, (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null));
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${path} written\n`);
  }
  process.stdout.write(
    `Next: change them as ${DOCUMENT} says, then npm run conclave -- docs:factors, then npm test.\n`,
  );
}

/** The files that {@link run} writes: path -> text. @throws StartError for wrong arguments, or a name that exists. */
export function filesOfNew(
  [kindName = '', given = '', ...more]: readonly string[],
  read: ReadFile,
): Map<string, string> {
  const kind = Object.hasOwn(KINDS, kindName) ? KINDS[kindName] : undefined;
  if (!kind || more.length > 0) throw new StartError(`Usage: new ${Object.keys(KINDS).join('|')} NAME`);
  const name = nameOf(given, kind.suffix);
  const files = new Map<string, string>();
  for (const [path, code] of examplesOf(kind, read)) {
    const target = renamed(path, kind, name);
    if (read(target) !== null) throw new StartError(`${target} is there already.`);
    files.set(target, `${renamed(code, kind, name)}\n`);
  }
  const { file } = kind.list;
  files.set(file, withEntry(existing(file, read), kind, kind.entry(name)));
  const [code] = files.values();
  for (const word of kind.words(name, code!)) {
    const path = `${CHINESE}/${word.file}`;
    files.set(path, withStub(files.get(path) ?? existing(path, read), word));
  }
  return files;
}

/** @throws StartError for an invalid name. */
function nameOf(given: string, suffix: string): Name {
  const words = given
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_]/);
  if (words.length > 1 && words.at(-1) === suffix) words.pop();
  if (!words.every((word, index) => (index === 0 ? /^[a-z][a-z0-9]*$/ : /^[a-z0-9]+$/).test(word))) {
    throw new StartError('A name is words of a-z and 0-9 with - between them, for example money-supply.');
  }
  return formsOf(words);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function formsOf(words: readonly string[]): Name {
  const pascal = words.map(capital).join('');
  return {
    kebab: words.join('-'),
    snake: words.join('_'),
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    sentence: capital(words.join(' ')),
  };
}

function renamed(text: string, { example }: Kind, name: Name): string {
  const from = formsOf(example.split('-'));
  return (['kebab', 'snake', 'pascal', 'camel', 'sentence'] as const).reduce(
    (renamedSoFar, form) => renamedSoFar.replaceAll(from[form], name[form]),
    text,
  );
}

/** The code blocks whose path contains the name of the example, the class first. */
function examplesOf({ example }: Kind, read: ReadFile): (readonly [path: string, code: string])[] {
  const blocks = existing(DOCUMENT, read).matchAll(/^`([^`\n]+)`:\n\n```ts\n(.*?)\n```$/gms);
  return [...blocks].map(([, path, code]) => [path!, code!] as const).filter(([path]) => path.includes(example));
}

function existing(path: string, read: ReadFile): string {
  const text = read(path);
  if (text === null) throw new StartError(`There is no ${path}: run it in the folder of the repository.`);
  return text;
}

/** Adds an entry and its import to the list, in the formatter's layout. */
function withEntry(text: string, { list }: Kind, { symbol, from, line }: ReturnType<Kind['entry']>): string {
  const [, head, entries, tail] = around(text, list.opening, '];');
  const all = [...entries.split(',').map((entry) => entry.trim()), line].filter((entry) => entry !== '');
  const inOneLine = `${head.slice(head.lastIndexOf('\n') + 1)}${all.join(', ')}];`;
  const body = inOneLine.length <= 120 ? all.join(', ') : `\n${all.map((entry) => `  ${entry},\n`).join('')}`;
  const lastImport = head.lastIndexOf('\n', head.lastIndexOf(" from '")) + 1;
  const imported = head.slice(lastImport).indexOf('\n') + lastImport + 1;
  const statement = `import { ${symbol} } from '${from}';\n`;
  return `${head.slice(0, imported)}${statement}${head.slice(imported)}${body}${tail}`;
}

/** Adds a word to its group. A word that exists is left unchanged. */
function withStub(text: string, { opening, key, english }: Word): string {
  const indent = opening.startsWith(' ') ? '    ' : '  ';
  const [, head, words, tail] = around(text, opening, `\n${indent.slice(2)}}`);
  if (new RegExp(`^${indent}${key}:`, 'm').test(words)) return text;
  const quote = english.includes("'") ? '"' : "'";
  return `${head}${indent}${key}: ${quote}${STUB}${english}${quote},\n${words}${tail}`;
}

/** @returns the text, the part up to the end of `opening`, the part before the next `closing`, and the rest. */
function around(text: string, opening: string, closing: string): [string, string, string, string] {
  const from = text.indexOf(opening) + opening.length;
  const to = text.indexOf(closing, from);
  if (from < opening.length || to < 0) throw new Error(`There is no "${opening.trim()}" to write into.`);
  return [text, text.slice(0, from), text.slice(from, to), text.slice(to)];
}

function textOf(code: string, field: string): string {
  return new RegExp(`readonly ${field} =\\s*'([^']+)'`).exec(code)?.[1] ?? '';
}

function sentenceOf(snake: string): string {
  return formsOf(snake.split('_')).sentence;
}

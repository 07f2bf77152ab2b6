/**
 * What must hold beside the tests: types, formatting, import rules, unused code, lint, and that what is made from the code
 * is as the code says.
 *
 *   npm run lint                all of them; ends with 1 when one fails
 *   npm run lint -- types ...   some of them, by name
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CACHE = 'node_modules/.cache';
// TypeScript 7 checks in a third of the processor time of 6.0, which the tools that read types still need.
const TYPESCRIPT_7 = 'node node_modules/typescript-7/bin/tsc';
const typesOf = (project, name) =>
  `${TYPESCRIPT_7} -p ${project} --incremental --tsBuildInfoFile ${CACHE}/${name}.tsbuildinfo`;

/** The longest first, so that two at once end together. Each is a line for the shell. */
const CHECKS = {
  types: `${typesOf('tsconfig.json', 'types')} && ${typesOf('web/tsconfig.json', 'web-types')}`,
  formatting: 'oxfmt --check',
  'import rules':
    'depcruise src seeds migrations tools ormconfig.ts --config .dependency-cruiser.cjs && ' +
    'depcruise web/src --config web/.dependency-cruiser.cjs',
  OpenAPI: 'node --enable-source-maps scripts/conclave.mjs openapi --check',
  'unused code': 'knip',
  lint: 'oxlint --deny-warnings src test seeds migrations scripts tools web',
  'OpenAPI lint':
    'REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true redocly lint openapi.json --config redocly.yaml',
  'words from the code': 'node --enable-source-maps scripts/conclave.mjs docs:factors --check',
};
const AT_ONCE = 2;

/** One line a check, and the output of each that fails. @returns how many passed and failed. */
export async function runChecks(names = Object.keys(CHECKS)) {
  const counts = { passed: 0, failed: 0 };
  const waiting = [...names];
  // Each lane takes the next check when it has finished one.
  const lane = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      if (await passes(name)) counts.passed += 1;
      else counts.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return counts;
}

async function passes(name) {
  const started = performance.now();
  const { code, output } = await runInShell(CHECKS[name]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code === 0;
}

function runInShell(line) {
  return new Promise((resolve) => {
    // As npm does: the tools of the project come first.
    const env = { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` };
    const child = spawn(line, { shell: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(CHECKS, name));
  if (unknown.length > 0) {
    console.error(`There is no check ${unknown.join(', ')}. There are: ${Object.keys(CHECKS).join(', ')}.`);
    process.exit(2);
  }
  const { failed } = await runChecks(names.length > 0 ? names : undefined);
  process.exitCode = failed === 0 ? 0 : 1;
}

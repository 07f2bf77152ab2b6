/**
 * `npm test`: everything that must hold before a change lands, one step after the other. Prints what failed and,
 * last, `N passed, N failed`; ends with 1 when anything did.
 *
 * A check (formatting, lint, imports, types, dead code, OpenAPI) counts as one; tests count each.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKS = [
  ['formatting', 'lint:format'],
  ['lint', 'lint'],
  ['import rules', 'lint:imports'],
  ['unused code', 'lint:unused'],
  ['types', 'types'],
  ['OpenAPI', 'openapi', '--', '--check'],
  ['OpenAPI lint', 'lint:openapi'],
  ['factors in the docs', 'docs:factors', '--', '--check'],
];

const counts = { passed: 0, failed: 0 };

function run(command, args, quiet) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function check(title, script, ...args) {
  const started = performance.now();
  const { code, output } = await run('npm', ['run', '--silent', script, ...args], true);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)`);
  if (code === 0) counts.passed += 1;
  else {
    counts.failed += 1;
    console.log(output);
  }
}

async function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-results-'));
  const file = join(folder, 'results.json');
  try {
    const { code } = await run('npm', ['run', '--silent', 'jest', '--', '--json', `--outputFile=${file}`], false);
    const results = JSON.parse(readFileSync(file, 'utf8'));
    counts.passed += results.numPassedTests;
    // A file that does not even load has no failed test of its own, and a skipped test proves nothing.
    counts.failed += results.numFailedTests + results.numRuntimeErrorTestSuites + results.numPendingTests;
    if (code !== 0 && counts.failed === 0) counts.failed += 1;
  } catch (error) {
    console.log(`FAIL tests: ${error.message}`);
    counts.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const [title, script, ...args] of CHECKS) await check(title, script, ...args);
await tests();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

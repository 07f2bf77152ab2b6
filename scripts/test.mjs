/**
 * The tests. Prints what failed and, last, `N passed, N failed`; ends with 1 when anything did. A check counts as one.
 *
 *   npm test                 everything that must hold before a change lands: checks, then every spec file
 *   npm test -- PATTERN...   the spec files whose path contains a pattern, without checks
 *   npm run test:quick       checks, and the spec files that need no server, process or browser
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks } from './checks.mjs';
import { kindOf, specFiles } from './test-kinds.mjs';

const counts = { passed: 0, failed: 0 };
const quick = process.argv[2] === '--quick';
const patterns = process.argv.slice(quick ? 3 : 2);

/** @returns the exit code. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/** @param files their paths. */
async function tests(files) {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-results-'));
  const file = join(folder, 'results.json');
  // A pure test does not wait for a database server.
  const needsServer = files.some((name) => kindOf(name) !== 'pure');
  const env = { ...process.env, TEST_FILES: files.join('\n'), TEST_SERVER: needsServer ? 'yes' : 'no' };
  const args = [fileURLToPath(import.meta.resolve('jest/bin/jest')), '--json', `--outputFile=${file}`];
  try {
    const code = await run(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
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

const started = performance.now();
const files = specFiles().filter(
  (file) =>
    (!quick || kindOf(file) === 'pure') &&
    (patterns.length === 0 || patterns.some((pattern) => file.includes(pattern))),
);
if (files.length === 0) {
  console.log(`No spec file has ${patterns.join(' or ')} in its path.`);
  counts.failed += 1;
} else {
  if (patterns.length === 0) {
    const { passed, failed } = await runChecks();
    counts.passed += passed;
    counts.failed += failed;
  }
  await tests(files);
}
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

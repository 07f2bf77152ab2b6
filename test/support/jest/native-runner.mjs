/**
 * jest's `testRunner`: jest-circus as usual, but each spec file is imported by Node itself instead of jest's vm.
 *
 * Reason: jest compiles and evaluates the whole module graph again for every spec file, and never frees the graphs of
 * ES modules (jestjs/jest#14605). Importing the program cost 1.2 s in the first file and 10 s in the hundredth, a
 * quarter of the suite; recycling workers (`workerIdleMemoryLimit`) halved that and still missed the budget of 700 s.
 *
 * Here the program and its packages are loaded once per worker. A spec file and everything below test/ are loaded again
 * for each spec file, so that their variables start afresh; mocks, fake timers and process.env are restored after it.
 */
import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const require = createRequire(import.meta.url);
const requireOfCircus = createRequire(require.resolve('jest-circus'));
const { ModuleMocker } = requireOfCircus('jest-mock');
const { ModernFakeTimers } = requireOfCircus('@jest/fake-timers');
const CIRCUS = join(dirname(require.resolve('jest-circus')), 'jestAdapterInit.js');

process.setSourceMapsEnabled(true);
register(pathToFileURL(join(ROOT, 'scripts', 'typescript-hooks.mjs')), {
  data: {
    swcrc: JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')),
    freshBelow: pathToFileURL(join(ROOT, 'test/')).href,
    jestGlobals: pathToFileURL(join(import.meta.dirname, 'globals.mjs')).href,
  },
});

let files = 0;

export default async function runSpec(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Node maps stacks to the TypeScript sources; jest's own formatter does not know modules that Node has loaded.
  Error.prepareStackTrace = undefined;
  const circus = loadCircus();
  const mocker = new ModuleMocker(globalThis);
  const timers = new ModernFakeTimers({ config, global: globalThis });
  const env = { ...process.env };
  const console = globalThis.console;
  globalThis.console = environment.global.console;
  try {
    await circus.initialize({
      config,
      globalConfig,
      environment: { global: globalThis },
      runtime: { enterTestCode() {}, leaveTestCode() {} },
      localRequire: require,
      parentProcess: process,
      sendMessageToJest,
      setGlobalsForRuntime(globals) {
        globalThis.conclaveJestGlobals = { ...globals, jest: jestObject(mocker, timers) };
      },
      testPath,
    });
    // ids never go back within a process: a spec file at an earlier virtual time starts with a clean counter.
    const { restartUuids } = await import('../../../src/platform/database/uuid.ts');
    restartUuids();
    files += 1;
    await loadSpec(testPath, config.testTimeout ?? globalConfig.testTimeout);
    const result = await circus.runAndTransformResultsToJestFormat({
      config,
      globalConfig,
      setupAfterEnvPerfStats: { setupAfterEnvStart: 0, setupAfterEnvEnd: 0 },
      testPath,
    });
    return { ...result, largestWorkerMb: Math.round(process.resourceUsage().maxRSS / 1024) };
  } finally {
    mocker.restoreAllMocks();
    timers.dispose();
    process.chdir(ROOT);
    globalThis.console = console;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  }
}

/** Imports the spec file. @throws what its top level throws, or after the time limit of a test. */
async function loadSpec(testPath, limitMs) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${testPath} is not loaded after ${limitMs} ms.`)), limitMs);
  });
  try {
    await Promise.race([import(`${pathToFileURL(testPath).href}?spec=${files}`), limit]);
  } catch (error) {
    // jest leaves frames of <anonymous> out, and these name the line.
    if (error instanceof Error) error.stack = error.stack?.replaceAll('at <anonymous> (', 'at Object.<anonymous> (');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A circus without the tests and handlers of the file before; one that is loaded again has a state of its own. */
function loadCircus() {
  delete require.cache[CIRCUS];
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  return require(CIRCUS);
}

/** The part of jest's `jest` object that the tests use. */
function jestObject(mocker, timers) {
  return {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    useFakeTimers: (options) => timers.useFakeTimers(options),
    useRealTimers: () => timers.useRealTimers(),
    advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
    advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
    getTimerCount: () => timers.getTimerCount(),
  };
}

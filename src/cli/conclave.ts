import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadEnvironment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { runMain, runScript } from './run-main.js';

interface Command {
  readonly help: string;
  /** Reads arguments and settings before it loads the program, so that a wrong one is refused at once. */
  run(args: readonly string[]): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: {
    help: 'Bring the schema up to date.',
    async run(args) {
      flagsOf('migrate', args);
      const environment = loadEnvironment();
      await (await import('./database.js')).migrate(environment);
    },
  },
  seed: {
    help: 'Add definitions, registries and the first administrator where they are missing.',
    async run(args) {
      flagsOf('seed', args);
      const environment = loadEnvironment();
      await (await import('./database.js')).seed(environment);
    },
  },
  typeorm: {
    help: "TypeORM's command line on this program's database: migration:show, migration:generate NAME, schema:log.",
    async run(args) {
      const environment = loadEnvironment();
      await (await import('./database.js')).typeorm(args, environment);
    },
  },
  'keys:rotate': {
    help: 'Encrypt all stored API keys with the first key of ENCRYPTION_KEYS.',
    async run(args) {
      flagsOf('keys:rotate', args);
      const environment = loadEnvironment();
      await (await import('./database.js')).rotateKeys(environment);
    },
  },
  'user:password': {
    help: 'Give a user a new password, from the standard input or generated, and end all sessions of the user.',
    async run(args) {
      const [email, ...more] = args;
      if (!email || more.length > 0) throw new StartError('Usage: npm run conclave -- user:password EMAIL', 2);
      const environment = loadEnvironment();
      await (await import('./user-password.js')).run(email, environment);
    },
  },
  'check:invariants': {
    help: 'Compare the books with the ledger and the runs with their executions.',
    async run(args) {
      flagsOf('check:invariants', args);
      const environment = loadEnvironment();
      await (await import('./database.js')).reportInvariants(environment);
    },
  },
  'portfolios:purge': {
    help: 'Count, and with --yes remove, every portfolio; users stay.',
    async run(args) {
      const { yes = false } = flagsOf('portfolios:purge', args, 'yes');
      const environment = loadEnvironment();
      await (await import('./purge-portfolios.js')).run({ yes }, environment);
    },
  },
  'storage:prune': {
    help: 'Drop the months that are not kept; --dry-run only lists them.',
    async run(args) {
      const environment = loadEnvironment();
      const { readPruneArguments } = await import('./prune-arguments.js');
      const wanted = readPruneArguments(args, environment.RETENTION_MONTHS, new Date());
      await (await import('./prune-storage.js')).run(wanted, environment);
    },
  },
  'storage:measure': {
    help: 'Measure the bytes of what runs write, on a throw-away database.',
    async run(args) {
      const { readStorageArguments } = await import('../../tools/bench/storage/storage-arguments.js');
      const wanted = readStorageArguments(args);
      await (await import('./bench.js')).benchOfStorage(wanted);
    },
  },
  replay: {
    help: 'Run a definition over real history, in a database of its own.',
    async run(args) {
      const { readReplayArguments } = await import('../replay/replay-arguments.js');
      const wanted = readReplayArguments(args);
      const environment = loadEnvironment();
      await (await import('./replay.js')).run(wanted, environment);
    },
  },
  'data:download': {
    help: 'Download candles of Binance into a file that replay reads.',
    async run(args) {
      const { readDownloadArguments } = await import('./download-arguments.js');
      const wanted = readDownloadArguments(args);
      const environment = loadEnvironment();
      await (await import('./market-data.js')).downloadHistory(wanted, environment);
    },
  },
  'data:check': {
    help: 'Report gaps, duplicates and impossible candles of a folder of history.',
    async run(args) {
      const [directory, ...more] = args;
      if (!directory || more.length > 0) throw new StartError('Usage: npm run conclave -- data:check DIR', 2);
      await (await import('./market-data.js')).checkHistory(directory);
    },
  },
  'probe:live': {
    help: 'Ask every source of MARKET_DATA=live once.',
    async run(args) {
      flagsOf('probe:live', args);
      const environment = loadEnvironment();
      await (await import('./market-data.js')).probe(environment);
    },
  },
  'agents:study': {
    help: 'Compare the scores of the business agents over real history with the returns that followed.',
    async run(args) {
      const { readStudyArguments } = await import('../../tools/study/study-arguments.js');
      const wanted = readStudyArguments(args);
      await (await import('./agents-study.js')).run(wanted);
    },
  },
  bench: {
    help: 'Measure runs over thousands of instances against plain bulk SQL.',
    async run(args) {
      const { readRunsBenchArguments } = await import('../../tools/bench/runs/runs-bench-arguments.js');
      const wanted = readRunsBenchArguments(args);
      await (await import('./bench.js')).benchOfRuns(wanted);
    },
  },
  'bench:api': {
    help: 'Measure the latency and the plans of the lists on a large database.',
    async run(args) {
      const { readBenchArguments } = await import('../../tools/bench/bench-arguments.js');
      const wanted = readBenchArguments(args);
      await (await import('./bench.js')).benchOfApi(wanted);
    },
  },
  'bench:login': {
    help: 'Measure what 200 sign-ins from one address cost the other requests.',
    async run(args) {
      flagsOf('bench:login', args);
      await (await import('./bench.js')).benchOfLogin();
    },
  },
  new: {
    help: 'Write the start of a business-agent, decision-agent or channel: new KIND NAME.',
    async run(args) {
      await (await import('./new.js')).run(args);
    },
  },
  'docs:factors': {
    help: "Write docs/factors.md and the console's English words from the code; --check only compares.",
    async run(args) {
      const { check = false } = flagsOf('docs:factors', args, 'check');
      await (await import('./docs-factors.js')).run({ check });
    },
  },
  openapi: {
    help: "Write openapi.json, and the console's types of the interface, from the code; --check only compares.",
    async run(args) {
      flagsOf('openapi', args, 'check');
      await runTool('openapi.mjs', args);
    },
  },
  sbom: {
    help: 'List what is shipped, as CycloneDX.',
    async run(args) {
      flagsOf('sbom', args);
      await runTool('sbom.mjs', args);
    },
  },
  soak: {
    help: 'Mix the faults of npm run faults at random, for --minutes N.',
    run: (args) => runTool('typescript.mjs', ['test/faults/run-soak.ts', ...args]),
  },
};

const LONGEST_NAME = Math.max(...Object.keys(COMMANDS).map((name) => name.length));

const LIST = [
  'Usage: npm run conclave -- COMMAND [ARGUMENTS]',
  '',
  ...Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(LONGEST_NAME)}  ${help}`),
].join('\n');

/** `npm run conclave -- COMMAND`: everything the program does besides serving. */
await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === '--help' || name === 'help') {
    process.stdout.write(`${LIST}\n`);
    return;
  }
  if (name === undefined) throw new StartError(LIST, 2);
  if (!Object.hasOwn(COMMANDS, name)) throw new StartError(`There is no command ${name}.\n${LIST}`, 2);
  await COMMANDS[name]!.run(args);
});

/**
 * Parses a command line that may hold these flags and nothing else.
 * @throws StartError (exit code 2) for anything else.
 */
function flagsOf<Flag extends string>(
  command: string,
  args: readonly string[],
  ...flags: readonly Flag[]
): Partial<Record<Flag, boolean>> {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }]));
  try {
    return parseArgs({ args: [...args], options }).values as Partial<Record<Flag, boolean>>;
  } catch (error) {
    const usage = [command, ...flags.map((flag) => `[--${flag}]`)].join(' ');
    throw new StartError(`${(error as Error).message}\nUsage: npm run conclave -- ${usage}`, 2);
  }
}

/** Runs a development tool, which is not part of the build. The path is relative to dist/src/cli. */
async function runTool(file: string, args: readonly string[]): Promise<void> {
  process.exitCode = await runScript(fileURLToPath(new URL(`../../../scripts/${file}`, import.meta.url)), args);
}

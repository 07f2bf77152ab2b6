/** `node scripts/command.mjs NAME [ARGS]`: builds when needed, then runs `src/cli/NAME.ts` in this process. */
import { buildIfStale } from './build.mjs';

const [name] = process.argv.splice(2, 1);
await buildIfStale();
const { run } = await import(`../dist/src/cli/${name}.js`);
const { runMain } = await import('../dist/src/cli/run-main.js');
if (run) await runMain(() => run(process.argv.slice(2)));

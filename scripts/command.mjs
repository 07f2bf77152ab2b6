/** `node scripts/command.mjs NAME [ARGS]`: builds when needed, then runs `src/cli/NAME.ts` in this process. */
import { buildIfStale } from './build.mjs';

const [name] = process.argv.splice(2, 1);
await buildIfStale();
await import(`../dist/src/cli/${name}.js`);

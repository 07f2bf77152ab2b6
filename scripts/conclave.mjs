/** `npm run conclave -- COMMAND [ARGUMENTS]`: builds when a source has changed since the last build, then runs it. */
import { buildIfStale } from './build.mjs';

await buildIfStale();
await import('../dist/src/cli/conclave.js');

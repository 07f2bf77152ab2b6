/** `npm start`: builds when a source has changed since the last build, then runs the program in this process. */
import { buildIfStale } from './build.mjs';

await buildIfStale();
await import('../dist/src/main.js');

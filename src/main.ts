import { runMain } from './cli/run-main.js';
import { startServer } from './server.js';

await runMain(startServer);

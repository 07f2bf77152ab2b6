import { runMain } from './cli/run-main.js';
import { loadEnvironment } from './platform/config/environment.js';

await runMain(async () => {
  // Validate the settings before loading the program, so that a wrong one is reported at once.
  const environment = loadEnvironment();
  const { startServer } = await import('./server.js');
  await startServer(environment);
});

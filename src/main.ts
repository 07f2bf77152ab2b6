import { runMain } from './cli/run-main.js';
import { loadEnvironment } from './platform/config/load-config.js';
import { resolveSecrets } from './platform/config/secrets.js';

await runMain(async () => {
  // Loading the program takes seconds; a wrong setting is answered before that.
  const environment = loadEnvironment();
  resolveSecrets(environment);
  const { startServer } = await import('./server.js');
  await startServer(environment);
});

import { runMain } from './cli/run-main.js';
import { loadEnvironment } from './platform/config/load-config.js';

await runMain(async () => {
  // Before anything heavy is loaded: a wrong setting is answered at once.
  const environment = loadEnvironment();
  const { startServer } = await import('./server.js');
  await startServer(environment);
});

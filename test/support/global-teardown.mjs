/** After all tests, also when some failed: stops the server and removes its data. */
import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const started = globalThis.conclaveTestServer;
  if (!started) return;
  await started.server.stop();
  rmSync(started.dataDir, { recursive: true, force: true });
}

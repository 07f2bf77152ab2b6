import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { createConsoleServer, type ConsoleServer } from './console-server.js';

/** A start of the program and of the browser on a busy machine. */
const START_MS = 180_000;

let server: ConsoleServer | null = null;
let browser: Browser | null = null;

/** Starts one server and one browser for all tests of a file, with a run that has seen the market; ends both. */
export function startWorld(): void {
  beforeAll(async () => {
    server = await createConsoleServer();
    browser = await launchBrowser();
    await server.call(server.admin, 'POST', '/strategy-definitions/1/runs');
  }, START_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, START_MS);
}

/** What {@link startWorld} has started; to be asked for within a test. */
export function theWorld(): { server(): ConsoleServer; browser(): Browser } {
  return {
    server: () => server ?? notStarted(),
    browser: () => browser ?? notStarted(),
  };
}

function notStarted(): never {
  throw new Error('The server and the browser have not been started.');
}

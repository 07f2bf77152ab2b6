import { readFileSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module.js';
import { readEnvironment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { configureHttp } from '../platform/http/configure-http.js';
import { buildOpenApi } from '../platform/http/docs/openapi.js';
import { createLogger } from '../platform/logging/logger.js';
import { buildConfig } from '../platform/config/app-config.js';

const FILE = 'openapi.json';

/** Placeholders that pass the checks of the settings; none of them reaches the document. */
const SETTINGS = {
  DATABASE_URL: 'postgresql://localhost/none',
  JWT_SECRET: 'only used to describe the interface',
  ENCRYPTION_KEYS: `${'A'.repeat(43)}=`,
};

/**
 * `npm run openapi`: writes openapi.json from the code, without a database. `--check` writes nothing and ends with exit
 * code 1 when the file differs.
 */
export async function run({ check }: { readonly check: boolean }): Promise<void> {
  const environment = readEnvironment(SETTINGS);
  const config = buildConfig(environment, SETTINGS.DATABASE_URL);
  const logger = createLogger({ logLevel: 'silent' });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot({ config, logger }), {
    preview: true,
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  configureHttp(app, config);
  const text = `${JSON.stringify(buildOpenApi(app), null, 2)}\n`;
  if (!check) {
    writeFileSync(FILE, text);
    process.stdout.write(`${FILE} written\n`);
  } else if (readFileSync(FILE, 'utf8') !== text) {
    throw new StartError(`${FILE} differs from the code. Run: npm run openapi`);
  }
}

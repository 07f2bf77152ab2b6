/**
 * `conclave openapi`: writes openapi.json from the code, and the console's types of the interface from that. `--check`
 * writes nothing and ends with 1 when one of them differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { run } from '../dist/src/cli/openapi.js';
import { runMain } from '../dist/src/cli/run-main.js';

const TYPES = 'web/src/api/schema.d.ts';
const HEAD = '// Made from openapi.json by `npm run openapi`. Change the controllers, not this file.\n';

const check = process.argv.includes('--check');

await runMain(async () => {
  await run({ check });
  await compareOrWrite(`${HEAD}${await typesOfDocument()}`);
});

async function typesOfDocument() {
  return astToString(await openapiTS(JSON.parse(readFileSync('openapi.json', 'utf8'))));
}

async function compareOrWrite(text) {
  if (!check) {
    writeFileSync(TYPES, text);
    console.log(`${TYPES} written`);
  } else if (readFileSync(TYPES, 'utf8') !== text) {
    console.error(`${TYPES} differs from openapi.json. Run: npm run openapi`);
    process.exitCode = 1;
  }
}

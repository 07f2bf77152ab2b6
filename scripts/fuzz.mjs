/**
 * `npm run fuzz [-- --requests 200 --seed N --operation id]`: sends random right and wrong requests, driven by
 * openapi.json, to the whole application on a throw-away database: so many for each operation and role. Every
 * answer must be documented, match its schema and give nothing away. Ends with 1 when one does not, and shows the
 * smallest such request as a curl line. The same seed gives the same requests.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    operation: { type: 'string' },
  },
});
for (const name of ['requests', 'seed']) {
  if (!/^\d{1,10}$/.test(values[name])) {
    console.error(`--${name} is a whole number.`);
    process.exit(2);
  }
}

console.log(`Seed ${values.seed}`);
const env = { ...process.env, FUZZ_REQUESTS: values.requests, FUZZ_SEED: values.seed };
if (values.operation !== undefined) env.FUZZ_OPERATION = values.operation;
const child = spawn(process.execPath, ['scripts/test.mjs', 'test/security/13-fuzz.spec.ts'], { stdio: 'inherit', env });
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('close', (code) => (process.exitCode = code ?? 1));

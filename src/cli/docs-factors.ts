import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createBusinessAgents } from '../business-agents/business-agents.catalogue.js';
import { factorsDocument } from '../business-agents/factors/factors-document.js';
import { StartError } from '../platform/config/start-error.js';

const FILE = 'docs/factors.md';

/**
 * `conclave docs:factors`: writes docs/factors.md from the code. `--check` writes nothing and ends with 1 when the
 * file differs.
 */
export async function run({ check }: { readonly check: boolean }): Promise<void> {
  const text = factorsDocument(createBusinessAgents().all());
  if (!check) {
    writeFileSync(FILE, text);
    process.stdout.write(`${FILE} written\n`);
  } else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
    throw new StartError(`${FILE} differs from the code. Run: npm run conclave -- docs:factors`);
  }
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createBusinessAgents } from '../business-agents/business-agents.catalogue.js';
import { factorsDocument } from '../business-agents/factors/factors-document.js';
import { StartError } from '../platform/config/start-error.js';
import { englishWordsModule } from './english-words.js';

/**
/**
 * `conclave docs:factors`: writes what agents, tools and codes say of themselves where people read it, docs/factors.md and
 * the English of the console. `--check` writes nothing and ends with 1 when a file differs.
 */
export async function run({ check }: { readonly check: boolean }): Promise<void> {
  const texts = {
    'docs/factors.md': factorsDocument(createBusinessAgents().all()),
    'web/src/i18n/en/from-code.ts': englishWordsModule(),
  };
  for (const [file, text] of Object.entries(texts)) {
    if (!check) {
      writeFileSync(file, text);
      process.stdout.write(`${file} written\n`);
    } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      throw new StartError(`${file} differs from the code. Run: npm run conclave -- docs:factors`);
    }
  }
}

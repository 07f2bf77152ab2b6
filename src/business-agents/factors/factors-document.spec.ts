import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ROOT } from '../../../test/support/eventually.js';
import { createBusinessAgents } from '../business-agents.catalogue.js';
import { factorsDocument } from './factors-document.js';

const agents = createBusinessAgents().all();
const document = factorsDocument(agents);

it('equals docs/factors.md (if not: npm run conclave -- docs:factors)', () => {
  expect(readFileSync(join(ROOT, 'docs', 'factors.md'), 'utf8')).toBe(document);
});

it('has one table with a row for every factor of every agent', () => {
  const rows = document.split('\n').filter((line) => line.startsWith('| `'));
  const expected = agents.flatMap((agent) => agent.factors.map(({ name }) => `${agent.name} ${name}`));
  expect(
    rows.map((row) =>
      row
        .split('`')
        .slice(1, 4)
        .join('')
        .replace(/ +\| +/, ' '),
    ),
  ).toEqual(expected);
  expect(document.match(/^\| -/gm)).toHaveLength(1);
});

it('has source, maximum age, normalisation and weight of a factor', () => {
  const row = document.split('\n').find((line) => line.includes('`us10y_30d_change`'))!;
  expect(row.split('|').map((cell) => cell.trim())).toEqual([
    '',
    '`macro`',
    '`us10y_30d_change`',
    'Change of the US 10-year yield over 30 days. Falling yields are good.',
    'percentage points',
    '`get_us10y_yield` (`fred_api`)',
    '10 d',
    '-0.5 → 1; 0 → 0; 0.5 → -1',
    '0.15',
    '',
  ]);
});

it('escapes a vertical bar in a description', () => {
  const [agent] = agents;
  const odd = { ...agent!, factors: [{ ...agent!.factors[0]!, description: 'One | two.' }] };
  expect(factorsDocument([odd])).toContain('One \\| two.');
});

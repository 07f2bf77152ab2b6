import { expect, it } from '@jest/globals';
import { createBusinessAgents } from './business-agents.catalogue.js';

it('holds the agents under the names that definitions use', () => {
  const agents = createBusinessAgents().all();
  expect(agents.map(({ name, displayName }) => [name, displayName])).toEqual([
    ['macro', 'The Oracle'],
    ['onchain', 'Data Warden'],
    ['ta', 'Momentum Scout'],
    ['regime_filter', 'Regime Filter'],
    ['ta_momentum', 'TA Momentum'],
  ]);
});

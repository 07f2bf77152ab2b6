import { expect, it } from '@jest/globals';
import { createBusinessAgents } from './business-agents.catalogue.js';

it('holds the agents under the names that stored definitions use', () => {
  const names = createBusinessAgents().names();
  expect(names).toEqual(expect.arrayContaining(['macro', 'onchain', 'ta', 'regime_filter', 'ta_momentum']));
});

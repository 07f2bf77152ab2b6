/** What the agents' processes run in a test where one of the real agents hangs over BTC, until noon and ten minutes. */
import { createBusinessAgents } from '../../../dist/src/business-agents/business-agents.catalogue.js';
import { serveAgents } from '../../../dist/src/business-agents/runner/serve-agents.js';

const HEALED_AT = Date.parse('2026-01-15T12:10:00Z');

const catalogue = createBusinessAgents();
const ta = catalogue.get('ta');
const analyse = ta.analyse.bind(ta);
ta.analyse = (input) => {
  if (input.symbol === 'BTC') while (input.at.getTime() < HEALED_AT);
  return analyse(input);
};
serveAgents(catalogue);

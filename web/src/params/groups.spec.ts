import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { DECISION_AGENT_LIST } from '../../../src/decision-agents/decision-agent-list.js';
import { fieldsOf } from './fields.js';
import { groupsOf } from './groups.js';

describe('the groups of a form', () => {
  it.each(DECISION_AGENT_LIST.map((agent) => [agent.name, agent] as const))(
    'hold every field of %s once',
    (_name, agent) => {
      const schema = z.toJSONSchema(agent.paramsSchema(agent.defaultBusinessAgents), { io: 'input' });
      const fields = fieldsOf(schema, agent.defaultParams as Record<string, unknown>);
      const groups = groupsOf(fields);
      const paths = (of: typeof fields) => of.map(({ path }) => path.join('.')).sort();
      expect(paths(groups.flatMap(([, found]) => found))).toEqual(paths(fields));
    },
  );

  it('put unknown fields last', () => {
    const field = (name: string) => ({ kind: 'switch' as const, path: [name], description: '' });
    expect(groupsOf([field('brand_new'), field('buy_threshold')])).toEqual([
      ['thresholds', [field('buy_threshold')]],
      ['other', [field('brand_new')]],
    ]);
  });
});

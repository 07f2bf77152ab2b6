import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { DECISION_AGENT_LIST } from '../../../src/decision-agents/decision-agent-list.js';
import { changesOf, differencesOf, fieldsOf, valueAt, withValue } from './fields.js';

const PARAMS = { weights: { a: 0.5, b: 0.5 }, limit: 5, on: true };

describe('the form of params', () => {
  it.each(DECISION_AGENT_LIST.map((agent) => [agent.name, agent] as const))(
    'has a field for every param of %s, with a default within its limits',
    (_name, agent) => {
      const schema = z.toJSONSchema(agent.paramsSchema(agent.defaultBusinessAgents), { io: 'input' });
      const defaults = agent.defaultParams as Record<string, unknown>;
      const fields = fieldsOf(schema, defaults);
      const names = new Set(fields.map(({ path }) => path[0]));
      expect([...names].sort()).toEqual(Object.keys(defaults).sort());
      for (const field of fields) {
        const value = valueAt(defaults, field.path);
        if (field.kind === 'switch') expect(typeof value).toBe('boolean');
        else expect(value).toEqual(expect.any(Number));
        if (field.kind !== 'number') continue;
        expect(value as number).toBeGreaterThanOrEqual(field.min);
        expect(value as number).toBeLessThanOrEqual(field.max);
      }
    },
  );

  it('asks for the weights of the agents that the template has', () => {
    const weight = { type: 'number', minimum: 0, maximum: 1 };
    const schema = { type: 'object', properties: { agent_weights: { type: 'object', properties: { macro: weight } } } };
    const fields = fieldsOf(schema, { agent_weights: { funding: 1, ta: 0 } });
    expect(fields.map(({ path }) => path.join('.'))).toEqual(['agent_weights.funding', 'agent_weights.ta']);
    expect(fields[0]).toMatchObject({ kind: 'number', min: 0, max: 1, aboveMin: false, step: 0.005 });
  });

  it('changes one value in a copy', () => {
    const changed = withValue(PARAMS, ['weights', 'a'], 0.7);
    expect(changed).toEqual({ weights: { a: 0.7, b: 0.5 }, limit: 5, on: true });
    expect(PARAMS.weights.a).toBe(0.5);
    expect(valueAt(changed, ['weights', 'a'])).toBe(0.7);
    expect(valueAt(changed, ['nothing', 'there'])).toBeUndefined();
  });

  it('lists differences, and sends objects as a whole', () => {
    const after = { weights: { a: 0.7, b: 0.5 }, limit: 5, on: false };
    expect(differencesOf(PARAMS, after)).toEqual([
      { path: 'weights.a', before: 0.5, after: 0.7 },
      { path: 'on', before: true, after: false },
    ]);
    expect(changesOf(PARAMS, after)).toEqual({ weights: { a: 0.7, b: 0.5 }, on: false });
    expect(changesOf(PARAMS, PARAMS)).toEqual({});
  });
});

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readParams } from './read-params.js';

const schema = z
  .strictObject({
    size: z.number().max(1),
    exits: z.strictObject({ stop: z.number(), trail: z.number() }),
    note: z.string().optional(),
  })
  .refine(({ exits }) => exits.trail <= exits.stop, { path: ['exits', 'trail'], params: { code: 'threshold_order' } });
const DEFAULTS = { size: 0.1, exits: { stop: 5, trail: 2 } };

const read = (stored: unknown) => readParams(schema, DEFAULTS, stored);

describe('reading stored params', () => {
  it('returns valid params unchanged', () => {
    const stored = { size: 0.5, exits: { stop: 4, trail: 3 }, note: 'mine' };
    const found = read(stored);
    expect(found).toMatchObject({ checked: { params: stored }, added: [], ignored: [] });
    expect(found.completed).toBe(stored);
  });

  it('fills a missing param with the default of the agent, at any level', () => {
    const stored = Object.freeze({ exits: Object.freeze({ stop: 9 }) });
    const completed = { size: 0.1, exits: { stop: 9, trail: 2 } };
    const found = read(stored);
    expect(found).toEqual({
      checked: { params: completed, violations: [] },
      params: completed,
      completed,
      added: ['/size', '/exits/trail'],
      ignored: [],
    });
    expect(stored).toEqual({ exits: { stop: 9 } });
    expect(read({}).params).toEqual(DEFAULTS);
  });

  it('ignores a param that the agent does not have, and leaves it where it is stored', () => {
    const stored = { size: 0.5, speed: 1, exits: { stop: 4, trail: 3, turn: 2 } };
    expect(read(stored)).toMatchObject({
      checked: { params: { size: 0.5, exits: { stop: 4, trail: 3 } } },
      completed: stored,
      added: [],
      ignored: ['/exits/turn', '/speed'],
    });
  });

  it('does both at once, and drops parts of a default that the schema does not have', () => {
    const found = readParams(schema, { ...DEFAULTS, exits: { ...DEFAULTS.exits, gone: 1 } }, { size: 1, speed: 1 });
    expect(found).toMatchObject({
      checked: { params: { size: 1, exits: { stop: 5, trail: 2 } } },
      completed: { size: 1, speed: 1, exits: { stop: 5, trail: 2 } },
      added: ['/exits'],
      ignored: ['/speed'],
    });
    expect(found.completed['exits']).toEqual({ stop: 5, trail: 2 });
  });

  it('changes no stored value, not even an invalid one', () => {
    const found = read({ size: 7, exits: { stop: 1, trail: 3 }, speed: 1 });
    expect(found.checked.violations.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/size out_of_range',
      '/exits/trail threshold_order',
    ]);
    expect(read({ exits: 7 }).checked.violations).toMatchObject([{ pointer: '/exits', code: 'wrong_type' }]);
    // Rules across fields apply to defaults too.
    expect(read({ exits: { stop: 1 } }).checked.violations).toMatchObject([{ code: 'threshold_order' }]);
  });

  it.each([null, undefined, 7, 'text', [], [1]])('refuses %p', (stored) => {
    expect(read(stored).checked).toMatchObject({ params: null, violations: [expect.anything()] });
  });

  it('reports a missing param that has no default', () => {
    expect(readParams(schema, {}, { size: 1 }).checked.violations).toMatchObject([{ pointer: '/exits' }]);
  });
});

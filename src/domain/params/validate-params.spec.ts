import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { validateParams } from './validate-params.js';

const SCHEMA = z.strictObject({
  size: z.number().gt(0).max(1),
  mode: z.enum(['slow', 'fast']),
  'a/b~c': z.strictObject({ depth: z.int() }),
});

const RIGHT = { size: 0.5, mode: 'slow', 'a/b~c': { depth: 1 } };

const found = (params: unknown, prefix?: string) =>
  validateParams(SCHEMA, params, prefix).violations.map(({ pointer, code }) => `${pointer} ${code}`);

describe('validating params', () => {
  it('returns a copy of valid params', () => {
    const checked = validateParams(SCHEMA, RIGHT);
    expect(checked).toEqual({ params: RIGHT, violations: [] });
    expect(checked.params).not.toBe(RIGHT);
  });

  it('names every violation at once, each with its pointer', () => {
    expect(found({ size: 2, mode: 'medium', 'a/b~c': { depth: 'x', other: 1 }, extra: 1 }, '/params').sort()).toEqual([
      '/params/a~1b~0c/depth wrong_type',
      '/params/a~1b~0c/other unknown_param',
      '/params/extra unknown_param',
      '/params/mode unknown_value',
      '/params/size out_of_range',
    ]);
  });

  it('distinguishes missing from wrong values, and non-numbers from non-finite numbers', () => {
    expect(found({ mode: null, 'a/b~c': {} }).sort()).toEqual([
      '/a~1b~0c/depth required',
      '/mode unknown_value',
      '/size required',
    ]);
    expect(found({ ...RIGHT, size: Number.NaN })).toEqual(['/size not_finite']);
    expect(found({ ...RIGHT, size: Infinity })).toEqual(['/size not_finite']);
    expect(found({ ...RIGHT, size: '0.5' })).toEqual(['/size wrong_type']);
  });

  it('names the known params when one is unknown', () => {
    const { violations } = validateParams(SCHEMA, { ...RIGHT, 'a/b~c': { depth: 1, dept: 2 } });
    expect(violations[0]?.message).toBe('There is no param "dept" here. Known: depth.');
  });

  it('says what a valid value looks like, with the unescaped name of the param', () => {
    const { violations } = validateParams(SCHEMA, { size: 2, mode: 'medium', 'a/b~c': { depth: 1.5 } });
    expect(violations.map(({ message }) => message)).toEqual([
      '"size" must be at most 1.',
      '"mode" must be one of slow, fast.',
      '"depth" must be a whole number.',
    ]);
    expect(validateParams(SCHEMA, { ...RIGHT, size: 0 }).violations[0]?.message).toBe('"size" must be above 0.');
    expect(validateParams(SCHEMA, { ...RIGHT, 'a/b~c': 1 }).violations[0]?.message).toBe(
      '"a/b~c" must be a JSON object.',
    );
    expect(validateParams(SCHEMA, { size: 1 }).violations[0]?.message).toBe('"mode" is required.');
  });

  it.each([null, [], 'text', 7])('refuses %p as a whole', (params) => {
    expect(found(params, '/params')).toEqual(['/params wrong_type']);
  });

  it("carries the code of a schema's own rule", () => {
    const rule = z
      .number()
      .refine((value) => value > 1, { params: { code: 'threshold_order' }, message: 'Think bigger' });
    const checked = validateParams(z.strictObject({ goal: rule }), { goal: 1 });
    expect(checked.violations).toEqual([{ pointer: '/goal', code: 'threshold_order', message: 'Think bigger.' }]);
  });
});

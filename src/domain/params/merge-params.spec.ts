import { describe, expect, it } from '@jest/globals';
import { mergeParams } from './merge-params.js';

const BASE = { weights: { macro: 0.4, ta: 0.6 }, threshold: 55, exits: true, list: [1, 2] };

const found = (given: unknown, prefix?: string) =>
  mergeParams(BASE, given, prefix).violations.map(({ pointer, code }) => `${pointer} ${code}`);

const sized = (bytes: number) => ({ list: 'ä'.repeat((bytes - '{"list":""}'.length - 1) / 2) + 'x' });

describe('merging params', () => {
  it('overrides key by key and into nested objects', () => {
    const { params, violations } = mergeParams(BASE, { weights: { macro: 0.5 }, exits: false });
    expect(params).toEqual({ weights: { macro: 0.5, ta: 0.6 }, threshold: 55, exits: false, list: [1, 2] });
    expect(violations).toEqual([]);
  });

  it('replaces arrays and plain values as a whole', () => {
    expect(mergeParams(BASE, { list: [3], weights: 7 }).params).toMatchObject({ list: [3], weights: 7 });
  });

  it('changes nothing when nothing is given', () => {
    expect(mergeParams(BASE, undefined)).toEqual({ params: BASE, violations: [] });
    expect(mergeParams(BASE, { threshold: undefined })).toEqual({ params: BASE, violations: [] });
  });

  it('changes neither argument and shares nothing with them', () => {
    const given = { list: [{ a: 1 }] };
    const { params } = mergeParams(BASE, given);
    (params['weights'] as Record<string, number>)['macro'] = 9;
    (params['list'] as { a: number }[])[0]!.a = 9;
    expect(BASE.weights.macro).toBe(0.4);
    expect(given.list[0]!.a).toBe(1);
  });

  it('accepts keys that the base does not have; the schema checks them later', () => {
    const given = { added: 1, weights: { guess: { a: 1 } }, toString: 'x' };
    expect(mergeParams(BASE, given)).toEqual({
      params: { ...BASE, added: 1, weights: { ...BASE.weights, guess: { a: 1 } }, toString: 'x' },
      violations: [],
    });
  });

  it('refuses keys that reach the prototype, in merged and in replaced values', () => {
    const given = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1, "list": [{"prototype": 1}]}') as unknown;
    expect(found(given)).toEqual([
      '/__proto__ forbidden_key',
      '/constructor forbidden_key',
      '/list/0/prototype forbidden_key',
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses NaN and Infinity', () => {
    expect(found({ threshold: Number.NaN, list: [1, Infinity] })).toEqual([
      '/threshold not_finite',
      '/list/1 not_finite',
    ]);
  });

  it('omits refused values', () => {
    expect(mergeParams(BASE, { threshold: Infinity, list: [Number.NaN], exits: false }).params).toEqual({
      ...BASE,
      exits: false,
    });
  });

  it.each([null, [], 'text', 7, true])('refuses %p, which is not an object', (given) => {
    expect(found(given, '/params')).toEqual(['/params wrong_type']);
  });

  it('refuses cycles and more than five levels, including arrays', () => {
    expect(found({ list: [[[[1]]]] })).toEqual([]);
    expect(found({ list: [[[[[1]]]]] })).toEqual([' too_deep']);
    const circle: Record<string, unknown> = {};
    circle['weights'] = circle;
    expect(found(circle)).toEqual([' too_deep']);
  });

  it('refuses more than 16 KiB of JSON in UTF-8', () => {
    expect(found(sized(16 * 1024))).toEqual([]);
    expect(found(sized(16 * 1024 + 2))).toEqual([' too_large']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { KnownParams } from './known-params.js';

const key = (id: string, params_version = 1) => ({ id, params_version });

describe('known params', () => {
  it('remembers the params of a version, and of no other', () => {
    const known = new KnownParams();
    expect(known.get(key('a'))).toBeUndefined();
    expect(known.add(key('a'), '{"x": 1}')).toEqual({ x: 1 });
    expect(known.get(key('a'))).toEqual({ x: 1 });
    expect(known.get(key('a', 2))).toBeUndefined();
    known.add(key('a', 2), '{"x": 2}');
    expect(known.get(key('a', 2))).toEqual({ x: 2 });
    // Never asked for again by a run; but if it were, the answer would be to read it.
    expect(known.get(key('a', 1))).toBeUndefined();
  });

  it('gives instances with the same params one object that nobody can change', () => {
    const known = new KnownParams();
    const params = known.add(key('a'), '{"x": {"y": 1}}') as { x: { y: number } };
    expect(known.add(key('b'), '{"x": {"y": 1}}')).toBe(params);
    expect(() => (params.x.y = 2)).toThrow(TypeError);
  });

  it('forgets everything when there are too many different ones', () => {
    const known = new KnownParams();
    for (let index = 0; index <= 2000; index++) known.add(key(`i${index}`), `{"x": ${index}}`);
    expect(known.get(key('i0'))).toBeUndefined();
    expect(known.get(key('i2000'))).toEqual({ x: 2000 });
  });
});

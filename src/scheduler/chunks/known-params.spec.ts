import { describe, expect, it } from '@jest/globals';
import { KnownParams } from './known-params.js';

const key = (id: string, params_version = 1) => ({ id, params_version });

describe('known params', () => {
  it('returns cached params for their version only', () => {
    const known = new KnownParams();
    expect(known.get(key('a'))).toBeUndefined();
    expect(known.add(key('a'), '{"x": 1}')).toEqual({ x: 1 });
    expect(known.get(key('a'))).toEqual({ x: 1 });
    expect(known.get(key('a', 2))).toBeUndefined();
    known.add(key('a', 2), '{"x": 2}');
    expect(known.get(key('a', 2))).toEqual({ x: 2 });
    // A run never asks for an older version; if one did, it would read the params again.
    expect(known.get(key('a', 1))).toBeUndefined();
  });

  it('shares one frozen object among instances with the same params', () => {
    const known = new KnownParams();
    const params = known.add(key('a'), '{"x": {"y": 1}}') as { x: { y: number } };
    expect(known.add(key('b'), '{"x": {"y": 1}}')).toBe(params);
    expect(() => (params.x.y = 2)).toThrow(TypeError);
  });

  it('clears itself when it holds too many different params', () => {
    const known = new KnownParams();
    for (let index = 0; index <= 2000; index++) known.add(key(`i${index}`), `{"x": ${index}}`);
    expect(known.get(key('i0'))).toBeUndefined();
    expect(known.get(key('i2000'))).toEqual({ x: 2000 });
  });
});

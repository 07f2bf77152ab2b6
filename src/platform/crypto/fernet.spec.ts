import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decryptFernet, encryptFernet, parseFernetKeys, type FernetKey } from './fernet.js';

interface Vector {
  desc?: string;
  token: string;
  now: string;
  iv: number[];
  ttl_sec: number;
  src: string;
  secret: string;
}

/** The vectors published with the specification: https://github.com/fernet/spec */
function vectors(name: string): Vector[] {
  return JSON.parse(readFileSync(new URL(`./test-vectors/fernet-${name}.json`, import.meta.url), 'utf8')) as Vector[];
}

function keyOf(text: string): FernetKey {
  return parseFernetKeys([text])[0] as FernetKey;
}

const KEY = keyOf('cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=');
const AT = new Date('2025-01-01T00:00:00Z');

describe('Fernet', () => {
  it.each(vectors('generate'))('generates the published token of "$src"', (vector) => {
    const token = encryptFernet(
      keyOf(vector.secret),
      Buffer.from(vector.src),
      new Date(vector.now),
      Buffer.from(vector.iv),
    );
    expect(token).toBe(vector.token);
  });

  it.each(vectors('verify'))('verifies the published token of "$src"', (vector) => {
    const age = { maxSeconds: vector.ttl_sec, now: new Date(vector.now) };
    expect(decryptFernet(keyOf(vector.secret), vector.token, age)?.toString()).toBe(vector.src);
  });

  it.each(vectors('invalid'))('refuses the published invalid token: $desc', (vector) => {
    const age = { maxSeconds: vector.ttl_sec, now: new Date(vector.now) };
    expect(decryptFernet(keyOf(vector.secret), vector.token, age)).toBeNull();
  });

  it('reads back any message', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const message = Buffer.from(bytes);
      expect(decryptFernet(KEY, encryptFernet(KEY, message, AT))).toEqual(message);
    });
    fc.assert(property, { seed: 7, numRuns: 200 });
  });

  it('refuses a token with any one bit changed', () => {
    const bytes = Buffer.from(encryptFernet(KEY, Buffer.from('a secret of some length'), AT), 'base64url');
    const property = fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      const text = changed.toString('base64url');
      expect(decryptFernet(KEY, text.padEnd(Math.ceil(text.length / 4) * 4, '='))).toBeNull();
    });
    fc.assert(property, { seed: 7, numRuns: 200 });
  });

  it('refuses characters that base64url does not have, which Node would skip', () => {
    const token = encryptFernet(KEY, Buffer.from('x'), AT);
    for (const noise of ['!!!!', '    ', '\n\n\n\n', '%%%%']) {
      expect(decryptFernet(KEY, token.slice(0, 8) + noise + token.slice(8))).toBeNull();
    }
  });

  it('creates a different token each time', () => {
    expect(encryptFernet(KEY, Buffer.from('x'), AT)).not.toBe(encryptFernet(KEY, Buffer.from('x'), AT));
  });
});

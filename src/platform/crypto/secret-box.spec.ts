import { describe, expect, it } from '@jest/globals';
import { decryptFernet, encryptFernet, parseFernetKeys, type FernetKey } from './fernet.js';
import { SecretBox, SecretUnreadable } from './secret-box.js';

const OLD = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
const NEW = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const clock = { now: () => new Date('2025-01-01T00:00:00Z') };
const place = { owner: 'api_config/fred_api', field: 'api_key' };

describe('SecretBox', () => {
  it('decrypts what it encrypted', () => {
    const box = new SecretBox([OLD], clock);
    expect(box.open(place, box.seal(place, 'sk-ünicode-🔑'))).toBe('sk-ünicode-🔑');
  });

  it('writes the documented plaintext', () => {
    const token = new SecretBox([OLD], clock).seal(place, 's');
    const message = decryptFernet(parseFernetKeys([OLD])[0] as FernetKey, token);
    expect(message?.toString()).toBe('{"v":1,"owner":"api_config/fred_api","field":"api_key","secret":"s"}');
  });

  it.each([
    ['of another row', { owner: 'api_config/glassnode_api', field: 'api_key' }],
    ['of another column', { owner: 'api_config/fred_api', field: 'api_secret' }],
  ])('does not read a token %s', (_what, elsewhere) => {
    const box = new SecretBox([OLD], clock);
    const token = box.seal(elsewhere, 'secret');
    expect(() => box.open(place, token)).toThrow(SecretUnreadable);
  });

  it('does not read a valid token with another content', () => {
    const key = parseFernetKeys([OLD])[0] as FernetKey;
    for (const text of ['not json', 'null', '{"v":2}']) {
      const token = encryptFernet(key, Buffer.from(text), clock.now());
      expect(() => new SecretBox([OLD], clock).open(place, token)).toThrow(SecretUnreadable);
    }
  });

  it('encrypts with the first key and decrypts with all', () => {
    const before = new SecretBox([OLD], clock).seal(place, 'secret');
    const rotating = new SecretBox([NEW, OLD], clock);
    expect(rotating.open(place, before)).toBe('secret');
    const after = rotating.seal(place, 'secret');
    expect(new SecretBox([NEW], clock).open(place, after)).toBe('secret');
    expect(() => new SecretBox([OLD], clock).open(place, after)).toThrow(SecretUnreadable);
  });

  it.each([
    ['no key', [], 'holds no key'],
    ['a short key', [OLD, 'abc='], 'key 2 is not a Fernet key'],
    ['plain base64', ['+/_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='], 'key 1 is not a Fernet key'],
    ['the same key twice', [OLD, OLD], 'key 2 is there twice'],
  ])('refuses %s without showing it', (_what, keys, line) => {
    const make = (): SecretBox => new SecretBox(keys, clock);
    expect(make).toThrow(line);
    for (const key of keys) expect(make).not.toThrow(key);
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { validate } from 'class-validator';
import { IsNewPassword } from './credential-rules.js';
import { checksAtOnce, DECOY, PARAMETERS, PasswordsService } from './passwords.service.js';

const CALLER = { lane: 'sign_in', key: '192.0.2.1' } as const;

describe('stored passwords', () => {
  const passwords = new PasswordsService();

  it('are argon2id with 19 MiB, two passes, one lane, and so is the decoy', async () => {
    for (const stored of [await passwords.hash('a passphrase'), DECOY]) {
      expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(parseOptions(stored)).toMatchObject({ ...PARAMETERS, algorithm: 2, outputLen: 32, saltLen: 16 });
    }
  });

  it('match the same password only, to its last character', async () => {
    const long = 'x'.repeat(127);
    const stored = await passwords.hash(`${long}1`);
    expect(await passwords.matches(stored, `${long}1`, CALLER)).toBe(true);
    expect(await passwords.matches(stored, `${long}2`, CALLER)).toBe(false);
    expect(await passwords.matches(stored, long, CALLER)).toBe(false);
  });

  it('match regardless of how an accent was typed', async () => {
    expect(await passwords.matches(await passwords.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait', CALLER)).toBe(true);
  });

  it('match nothing when there is no user', async () => {
    expect(await passwords.matches(null, 'whatever it is', CALLER)).toBe(false);
  });

  it.each([
    [1, 1],
    [2, 1],
    [4, 3],
    [5, 4],
    [64, 4],
  ])('are checked on %d cores %d at a time', (cores, expected) => {
    expect(checksAtOnce(cores)).toBe(expected);
  });
});

describe('new passwords', () => {
  class Body {
    @IsNewPassword()
    password!: unknown;
  }

  const rulesBrokenBy = async (password: unknown): Promise<string[]> => {
    const errors = await validate(Object.assign(new Body(), { password }));
    return errors.flatMap(({ constraints }) => Object.keys(constraints ?? {}));
  };

  it.each(['correct horse battery', '12 chars long', '🔑🔑🗝🔒🔐🔏🚪🏠', 'x1'.repeat(64)])(
    'may be %j',
    async (password) => {
      expect(await rulesBrokenBy(password)).toEqual([]);
    },
  );

  it.each([
    ['too short', 'seven77', 'isLengthInCharacters'],
    ['too short in characters', '🔑🔑🗝🔒', 'isLengthInCharacters'],
    ['too long', 'x1'.repeat(65), 'isLengthInCharacters'],
    ['common', 'Password123', 'isNotCommonPassword'],
    ['one character over and over', 'zzzzzzzzzzzzzzzz', 'isNotCommonPassword'],
    ['no text', 12345678, 'isString'],
  ])('may not be %s', async (_why, password, rule) => {
    expect(await rulesBrokenBy(password)).toContain(rule);
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { validate } from 'class-validator';
import { Unavailable } from '../../platform/http/app-errors.js';
import { IsNewPassword } from './password-rules.js';
import { AT_ONCE, DECOY, PARAMETERS, PasswordsService } from './passwords.service.js';

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
    expect(await passwords.matches(stored, `${long}1`)).toBe(true);
    expect(await passwords.matches(stored, `${long}2`)).toBe(false);
    expect(await passwords.matches(stored, long)).toBe(false);
  });

  it('match however an accent was typed', async () => {
    expect(await passwords.matches(await passwords.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
  });

  it('match nothing where there is no user', async () => {
    expect(await passwords.matches(null, 'whatever it is')).toBe(false);
  });

  it('are checked at most four at a time, less where there are less cores, and a hundred may wait', async () => {
    const busy = new PasswordsService();
    const checks = Array.from({ length: AT_ONCE + 101 }, () => busy.matches(null, 'x'));
    const last = checks.pop() as Promise<boolean>;
    await expect(last).rejects.toBeInstanceOf(Unavailable);
    const limit = (busy as unknown as { limit: { activeCount: number; clearQueue(): void; concurrency: number } })
      .limit;
    expect(AT_ONCE).toBeLessThanOrEqual(4);
    expect(limit.concurrency).toBe(AT_ONCE);
    expect(limit.activeCount).toBeLessThanOrEqual(AT_ONCE);
    limit.clearQueue();
    await Promise.all(checks.slice(0, AT_ONCE));
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

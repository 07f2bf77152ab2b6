import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { validate } from 'class-validator';
import type { LimitFunction } from 'p-limit';
import { Unavailable } from '../platform/http/problems/app-errors.js';
import { IsNewPassword } from './credential-rules.js';
import { checksAtOnce, DECOY, PARAMETERS, PasswordsService } from './passwords.service.js';

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

  it('match regardless of how an accent was typed', async () => {
    expect(await passwords.matches(await passwords.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
  });

  it('match nothing when there is no user', async () => {
    expect(await passwords.matches(null, 'whatever it is')).toBe(false);
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

  it('are hashed and checked within one common limit', async () => {
    const most = checksAtOnce(availableParallelism());
    const crowded = new PasswordsService();
    const running = watchLimit(crowded);
    const work = Array.from({ length: 3 * most }, () => [crowded.matches(null, 'x'), crowded.hash('a passphrase')]);
    await Promise.all(work.flat());
    expect(running).toEqual({ now: 0, most, done: 6 * most });
  });

  it('wait in a queue of a hundred, and no more', async () => {
    const most = checksAtOnce(availableParallelism());
    const busy = new PasswordsService();
    const checks = Array.from({ length: most + 101 }, () => busy.matches(null, 'x'));
    await expect(checks.pop()).rejects.toBeInstanceOf(Unavailable);
    (busy as unknown as { limit: LimitFunction }).limit.clearQueue();
    await Promise.all(checks.slice(0, most));
  });
});

function watchLimit(service: PasswordsService): { now: number; most: number; done: number } {
  const running = { now: 0, most: 0, done: 0 };
  const inside = service as unknown as { limit: <T>(work: () => Promise<T>) => Promise<T> };
  const { limit } = inside;
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    const result = await work();
    running.now -= 1;
    running.done += 1;
    return result;
  };
  inside.limit = (work) => limit(() => watched(work));
  return running;
}

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

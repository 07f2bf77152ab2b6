import { ValidateBy } from 'class-validator';
import { isCommonPassword } from './common-passwords.js';

/** Lengths in characters (code points), not bytes: a passphrase of emoji is as long as it looks. */
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;

/** What is wrong with a new password, or null. */
export function passwordFault(password: unknown): string | null {
  if (typeof password !== 'string') return 'A password is text';
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
    return `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;
  }
  return isCommonPassword(password) ? 'This password is among the first that attackers try' : null;
}

/** A new password of a DTO: {@link passwordFault} says what is wrong. */
export function IsNewPassword(): PropertyDecorator {
  return ValidateBy({
    name: 'isAcceptablePassword',
    validator: {
      validate: (value) => passwordFault(value) === null,
      defaultMessage: (info) => passwordFault(info?.value) ?? 'This password is not accepted',
    },
  });
}

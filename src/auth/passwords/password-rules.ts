import { applyDecorators } from '@nestjs/common';
import { IsString, ValidateBy } from 'class-validator';
import { IsLengthInCharacters } from '../../platform/http/input/length-in-characters.js';
import { isCommonPassword } from './common-passwords.js';

/** Lengths in characters (code points), not bytes: a passphrase of emoji is as long as it looks. */
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 128;

/** A new password of a DTO: 8 to 128 characters, none of the common ones. */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    IsLengthInCharacters(SHORTEST_PASSWORD, LONGEST_PASSWORD),
    ValidateBy({
      name: 'isNotCommonPassword',
      validator: { validate: (value) => typeof value !== 'string' || !isCommonPassword(value) },
    }),
  );
}

import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, MaxLength } from 'class-validator';

/** One spelling for each address: without surrounding space, in lower case. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** An e-mail address in a DTO: normalised, then checked; at most 254 characters (RFC 5321). */
export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normaliseEmail(value) : value)),
    IsString(),
    IsEmail({ require_tld: false }),
    MaxLength(254),
  );
}

import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';

/** A person's name in a DTO: trimmed, 1 to 200 characters on one line. */
export function IsFullName(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(1, 200),
    Matches(/^\P{Cc}*$/u, { message: 'a name has no control characters' }),
  );
}

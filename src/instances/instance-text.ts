import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/** 1 to 200 characters, not only spaces, no control characters: a name stands on one line. */
export function IsInstanceName(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    MaxLength(200),
    Matches(/^\P{Cc}*[^\p{Cc}\s]\P{Cc}*$/u, {
      message: 'a name has at least one visible character and no line breaks',
    }),
  );
}

/** At most 5000 characters, may be empty. */
export function IsInstanceDescription(): PropertyDecorator {
  return applyDecorators(IsString(), MaxLength(5000));
}

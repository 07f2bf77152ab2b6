import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, ValidateBy, ValidateIf } from 'class-validator';

/**
 * No character that breaks the line or changes how the rest is read. U+200D joins emoji and letters of some scripts.
 */
const ONE_LINE = /^(?:\u{200d}|[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}])*$/u;
/** U+2800 is an empty pattern of Braille. */
const VISIBLE = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u{2800}]/u;

/**
 * A name in a DTO: trimmed, 1 to `longest` characters on one line, at least one of them visible, no control and no
 * formatting characters.
 */
export function IsOneLineText(longest: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    IsLengthInCharacters(1, longest),
    ValidateBy({ name: 'isOneLine', validator: { validate: isOneLine } }),
  );
}

/** Empty text passes, because the rule of the length reports it. */
function isOneLine(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || (ONE_LINE.test(value) && VISIBLE.test(value)));
}

/**
 * A length in a DTO, in code points as PostgreSQL counts them. class-validator's own rules ignore variation selectors,
 * and so pass text that is too long for the column.
 */
export function IsLengthInCharacters(shortest: number, longest: number): PropertyDecorator {
  return ValidateBy({
    name: 'isLengthInCharacters',
    constraints: [shortest, longest],
    validator: {
      validate: (value: unknown) => {
        const length = typeof value === 'string' ? [...value].length : -1;
        return length >= shortest && length <= longest;
      },
    },
  });
}

/** The field may be missing but not null: `IsOptional()` would pass null on to the column. */
export function OptionalNotNull(): PropertyDecorator {
  return ValidateIf((_body, value) => value !== undefined);
}

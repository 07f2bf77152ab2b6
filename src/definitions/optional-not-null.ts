import { ValidateIf } from 'class-validator';

/** The field may be left out, but not be null: `IsOptional()` would let null through to the column. */
export function OptionalNotNull(): PropertyDecorator {
  return ValidateIf((_body, value) => value !== undefined);
}

import { ValidateBy } from 'class-validator';

/**
 * A length in a DTO, in code points as PostgreSQL counts them. class-validator's own rules do not count variation
 * selectors, and let through what does not fit the column.
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

import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';

/**
 * An optional whole number in a query. Only plain decimal digits with an optional sign are read as a number:
 * `Number()` would also take '', '0x10' and '1e2'.
 */
export function QueryInt(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    IsOptional(),
    IsInt(),
    Min(min),
    Max(max),
  );
}

/** An optional `true` or `false` in a query; anything else is refused, `1` and `yes` too. */
export function QueryBoolean(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsOptional(),
    IsBoolean(),
  );
}

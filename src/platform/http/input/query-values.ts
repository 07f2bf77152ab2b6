import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsDate, IsInt, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/**
 * An optional integer in a query: decimal digits with an optional sign. `Number()` would also accept '', '0x10' and
 * '1e2'.
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

/** An optional number in a query, in plain decimal notation: `5`, `-2.5`. */
export function QueryNumber(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value,
    ),
    IsOptional(),
    IsNumber(),
    Min(min),
    Max(max),
  );
}

/** An optional text to search for; empty counts as missing. */
export function QueryText(maxLength: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    IsOptional(),
    IsString(),
    MaxLength(maxLength),
  );
}

const TIME = /^([12]\d{3}-\d\d-\d\d)(T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d))?$/;
const TIME_MESSAGE = 'be a time such as 2026-01-31T12:00:00Z, or a date, which stands for its midnight in UTC';

/**
 * An optional time in a query: RFC 3339, or a date, which stands for its midnight in UTC. Includes the documentation,
 * because every list words it alike.
 */
export function QueryTime(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, type: String, format: 'date-time' }),
    Transform(({ value }: { value: unknown }) => timeOf(value) ?? value),
    IsOptional(),
    IsDate({ message: TIME_MESSAGE }),
  );
}

/** Date alone would read `2026-02-31` as a day in March. */
function timeOf(value: unknown): Date | null {
  const date = typeof value === 'string' ? TIME.exec(value)?.[1] : undefined;
  if (date === undefined || Number.isNaN(Date.parse(date)) || !new Date(date).toISOString().startsWith(date))
    return null;
  const time = new Date(value as string);
  return Number.isNaN(time.getTime()) ? null : time;
}

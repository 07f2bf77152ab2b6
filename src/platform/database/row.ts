import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

/**
 * A row of an entity's table as statements read and write it: its columns, named as in the table. Relations are left
 * out; entities declare them as optional (`portfolio?: unknown`).
 */
export type Row<E> = { readonly [Name in keyof E as object extends Pick<E, Name> ? never : Name]: E[Name] };

/**
 * Columns of an entity for TypeORM's insert and update, whose own type refuses `unknown` within jsonb.
 * @param columns a function stands for SQL: `{ version: () => 'version + 1' }`.
 */
export function columnsOf<E>(columns: {
  readonly [Name in keyof Row<E>]?: Row<E>[Name] | (() => string);
}): QueryDeepPartialEntity<E> {
  return columns as QueryDeepPartialEntity<E>;
}

/**
 * A row of an entity's table as statements read and write it: the columns of the entity, which are named as in the
 * table. Relations are no columns: entities declare them as optional (`portfolio?: unknown`).
 */
export type Row<E> = { readonly [Name in keyof E as object extends Pick<E, Name> ? never : Name]: E[Name] };

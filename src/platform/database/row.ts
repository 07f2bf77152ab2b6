/**
 * A row of an entity's table as statements read and write it: the columns of the entity, which are named as in the
 * table. Relations, which entities declare as optional, are no columns.
 */
export type Row<E> = { readonly [Name in keyof E as undefined extends E[Name] ? never : Name]: E[Name] };

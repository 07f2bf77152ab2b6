import type { DataSource } from 'typeorm';

/** Where the bytes of a table are. */
export interface TableSize {
  readonly rows: number;
  readonly heap: number;
  readonly index: number;
  /** What was too long for its row. */
  readonly toast: number;
}

/** Sizes on disk, partitions by themselves. The free space and visibility maps count as nothing: they are 0.03 %. */
export async function sizeOf(database: DataSource, table: string): Promise<TableSize> {
  const [size] = await database.query<TableSize[]>(
    `SELECT (SELECT count(*)::integer FROM ${table}) AS rows, pg_relation_size(c.oid)::integer AS heap,
       pg_indexes_size(c.oid)::integer AS index,
       CASE c.reltoastrelid WHEN 0 THEN 0 ELSE pg_total_relation_size(c.reltoastrelid) END::integer AS toast
     FROM pg_class c WHERE c.oid = $1::regclass`,
    [table],
  );
  return size!;
}

/** What has come since. */
export function growthOf(before: TableSize, after: TableSize): TableSize {
  return {
    rows: after.rows - before.rows,
    heap: after.heap - before.heap,
    index: after.index - before.index,
    toast: after.toast - before.toast,
  };
}

/** Bytes a row, one decimal. @param rows by what they are divided, when not by the table's own. */
export function perRow(size: TableSize, rows = size.rows): Omit<TableSize, 'rows'> & { readonly total: number } {
  const each = (bytes: number): number => Math.round((bytes / Math.max(1, rows)) * 10) / 10;
  const { heap, index, toast } = size;
  return { heap: each(heap), index: each(index), toast: each(toast), total: each(heap + index + toast) };
}

import { Table, Typography, type TableProps } from 'antd';
import type { ComponentProps, ReactNode } from 'react';

interface Props<T> extends TableProps<T> {
  /** What is said where there is nothing. */
  readonly empty?: ReactNode;
}

/** A table as all of ours are: small, without pages of its own, scrolled sideways where there is no room. */
export function DataTable<T extends object>({ empty, ...props }: Props<T>) {
  return (
    <Table<T>
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      components={{ table: FocusableTable }}
      {...(empty ? { locale: { emptyText: <Typography.Text type="secondary">{empty}</Typography.Text> } } : {})}
      {...props}
    />
  );
}

/** What can be scrolled must be reached with the keyboard, also when nothing in it can be pressed. */
function FocusableTable(props: ComponentProps<'table'>) {
  return <table {...props} tabIndex={0} />;
}

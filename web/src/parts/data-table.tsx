import { Table, Typography, type TableProps } from 'antd';
import type { ComponentProps, ReactNode } from 'react';

interface Props<T> extends TableProps<T> {
  /** Text of an empty table. */
  readonly empty?: ReactNode;
}

/** The table of all pages: small, without paging, scrolls sideways. */
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

/** Scrollable areas must be reachable by keyboard, even without a control inside. */
function FocusableTable(props: ComponentProps<'table'>) {
  return <table {...props} tabIndex={0} />;
}

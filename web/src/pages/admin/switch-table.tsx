import { Switch, Typography, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../parts/data-table.js';

interface Entry {
  readonly is_active: boolean;
  readonly version: number;
}

interface Props<T extends Entry> {
  readonly items: readonly T[];
  readonly nameOf: (entry: T) => string;
  /** Translated title and description. */
  readonly wordsOf: (entry: T) => { readonly title: string; readonly text: string };
  readonly columns: TableColumnsType<T>;
  readonly pending: boolean;
  readonly onSwitch: (entry: T, isActive: boolean) => void;
}

export function SwitchTable<T extends Entry>({ items, nameOf, wordsOf, columns, pending, onSwitch }: Props<T>) {
  const { t } = useTranslation();
  return (
    <DataTable<T>
      rowKey={nameOf}
      dataSource={[...items]}
      columns={[
        {
          title: t('field.name'),
          render: (_, entry) => (
            <div style={{ maxWidth: 'min(420px, 52vw)', minWidth: 160 }}>
              <Typography.Text strong>{wordsOf(entry).title}</Typography.Text>{' '}
              <Typography.Text className="code" type="secondary">
                {nameOf(entry)}
              </Typography.Text>
              <div>{wordsOf(entry).text}</div>
            </div>
          ),
        },
        ...columns,
        {
          title: t('registry.switchedOn'),
          render: (_, entry) => (
            <Switch
              aria-label={t('registry.switch', { name: wordsOf(entry).title })}
              checked={entry.is_active}
              disabled={pending}
              onChange={(isActive) => onSwitch(entry, isActive)}
            />
          ),
        },
      ]}
    />
  );
}

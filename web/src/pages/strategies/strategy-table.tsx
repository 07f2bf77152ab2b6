import { type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { InstanceActions } from '../../parts/actions/instance-actions.js';
import { AnnualReturn } from '../../parts/annual-return.js';
import { Money, PercentChange, Time } from '../../parts/figures.js';
import { ModeTag, SignalTag, StateTag } from '../../parts/instance-tags.js';
import { DataTable } from '../../parts/data-table.js';

type Instance = Schemas['InstanceView'];

export function StrategyTable({ items }: { readonly items: Instance[] }) {
  const { t } = useTranslation();
  const columns: TableColumnsType<Instance> = [
    {
      title: t('field.name'),
      fixed: 'left',
      width: 240,
      render: (_, { id, instance_name }) => <Link to={`/strategies/${id}`}>{instance_name}</Link>,
    },
    { title: t('field.template'), width: 170, render: (_, { definition }) => definition.display_name },
    { title: t('field.user'), width: 140, render: (_, { user }) => user.full_name ?? '–' },
    {
      title: t('field.state'),
      width: 140,
      render: (_, instance) => (
        <>
          <StateTag instance={instance} />
          <ModeTag mode={instance.trading_mode} />
        </>
      ),
    },
    { title: t('field.signal'), width: 90, render: (_, { last_signal }) => <SignalTag signal={last_signal} /> },
    {
      title: t('field.totalReturn'),
      align: 'right',
      width: 120,
      render: (_, { total_pnl_percent }) => <PercentChange value={total_pnl_percent} />,
    },
    {
      title: t('field.annualReturn'),
      align: 'right',
      width: 150,
      render: (_, instance) => <AnnualReturn instance={instance} />,
    },
    {
      title: t('field.value'),
      align: 'right',
      width: 160,
      render: (_, { total_value, definition }) => <Money value={total_value} asset={definition.quote_asset} />,
    },
    {
      title: t('field.funds'),
      align: 'right',
      width: 160,
      render: (_, { initial_balance, definition }) => <Money value={initial_balance} asset={definition.quote_asset} />,
    },
    { title: t('field.created'), width: 180, render: (_, { created_at }) => <Time at={created_at} /> },
    { title: t('common.actions'), width: 240, render: (_, instance) => <InstanceActions instance={instance} /> },
  ];
  return (
    <DataTable<Instance> rowKey="id" columns={columns} dataSource={items} scroll={{ x: 1790 }} tableLayout="fixed" />
  );
}

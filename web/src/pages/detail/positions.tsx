import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { formatPrice, formatQuantity } from '../../format/decimal.js';
import { Money, MoneyChange, Time } from '../../parts/figures.js';
import { DataTable } from '../../parts/data-table.js';
import { isPerpetual } from './perpetual.js';
import { PerpetualPosition } from './perpetual-position.js';

type Position = Schemas['PositionView'];

/** Open positions, as far as this user may see them. */
export function Positions({ positions, asset }: { readonly positions: Position[]; readonly asset: string | null }) {
  const { t } = useTranslation();
  if (positions.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('detail.noPositions')} />;
  if (positions.some(isPerpetual)) {
    return positions.map((position) => (
      <PerpetualPosition key={`${position.symbol} ${position.side}`} position={position} asset={asset} />
    ));
  }
  const hidden = positions.every(({ quantity }) => quantity === undefined);
  return (
    <DataTable<Position>
      rowKey={({ symbol, side }) => `${symbol} ${side}`}
      dataSource={positions}
      columns={[
        { title: t('field.symbol'), render: (_, { symbol, side }) => `${symbol} · ${t(`side.${side}`)}` },
        {
          title: t('field.quantity'),
          align: 'right',
          hidden,
          render: (_, { quantity }) => (quantity ? formatQuantity(quantity) : '–'),
        },
        {
          title: t('field.entryPrice'),
          align: 'right',
          hidden,
          render: (_, { average_entry_price: price }) => (price ? formatPrice(price) : '–'),
        },
        {
          title: t('field.price'),
          align: 'right',
          render: (_, { current_price: price }) => (price ? formatPrice(price) : '–'),
        },
        {
          title: t('field.positionValue'),
          align: 'right',
          hidden,
          render: (_, { market_value }) => <Money value={market_value} asset={asset} />,
        },
        {
          title: t('field.unrealized'),
          align: 'right',
          hidden,
          render: (_, { unrealized_pnl }) => <MoneyChange value={unrealized_pnl} asset={asset} />,
        },
        { title: t('field.opened'), render: (_, { opened_at }) => <Time at={opened_at} /> },
      ]}
    />
  );
}

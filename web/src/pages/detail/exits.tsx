import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, type Schemas } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { formatPrice, formatQuantity } from '../../format/decimal.js';
import { Money, MoneyChange, Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';
import { SideTag } from '../../parts/instance-tags.js';
import { knownWords } from '../../parts/known-words.js';

/** Automatic exits: stop loss, take profit, time stop, liquidation. */
export function Exits({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const history = useHistory(['exits', id], (cursor) =>
    answered(api.GET('/api/v1/strategies/{id}/exits', { params: { path: { id }, query: { limit: 50, ...cursor } } })),
  );
  return (
    <HistoryTable
      history={history}
      rowKey="id"
      empty={t('detail.noExits')}
      columns={[
        { title: t('field.time'), render: (_, { executed_at }) => <Time at={executed_at} /> },
        { title: t('field.reason'), render: (_, exit) => <Why exit={exit} /> },
        { title: t('field.side'), render: (_, { side }) => <SideTag side={side} /> },
        {
          title: t('field.quantity'),
          align: 'right',
          render: (_, { quantity, symbol }) => (quantity ? `${formatQuantity(quantity)} ${symbol}` : '–'),
        },
        { title: t('field.price'), align: 'right', render: (_, { price }) => formatPrice(price) },
        {
          title: t('field.fee'),
          align: 'right',
          render: (_, { fee, fee_asset }) => <Money value={fee} asset={fee_asset} />,
        },
        {
          title: t('field.profit'),
          align: 'right',
          render: (_, { realized_pnl, fee_asset }) => <MoneyChange value={realized_pnl} asset={fee_asset} />,
        },
        { title: t('field.opened'), render: (_, { opened_at }) => <Time at={opened_at} /> },
      ]}
    />
  );
}

/** The kind of the exit, with its level if this user may see it. */
function Why({ exit }: { readonly exit: Schemas['PositionExitView'] }) {
  const { t } = useTranslation();
  const { kind, level, market_price } = exit;
  const name = knownWords(t, 'reasonName', kind) ?? kind;
  return (
    <div style={{ minWidth: 140, maxWidth: 'min(420px, 50vw)' }}>
      <Typography.Text strong>{name}</Typography.Text>
      {level && market_price && (
        <div>{knownWords(t, 'exit', kind, { level: formatPrice(level), price: formatPrice(market_price) })}</div>
      )}
    </div>
  );
}

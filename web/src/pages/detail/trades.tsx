import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { formatPrice, formatQuantity } from '../../format/decimal.js';
import { Money, MoneyChange, Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';
import { SignalTag } from '../../parts/instance-tags.js';
import { knownWords } from '../../parts/known-words.js';

export function Trades({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const history = useHistory(['trades', id], (cursor) =>
    answered(api.GET('/api/v1/strategies/{id}/trades', { params: { path: { id }, query: { limit: 50, ...cursor } } })),
  );
  return (
    <HistoryTable
      history={history}
      rowKey="id"
      empty={t('detail.noTrades')}
      columns={[
        { title: t('field.time'), render: (_, { executed_at }) => <Time at={executed_at} /> },
        { title: t('field.side'), render: (_, { trade_type }) => <SignalTag signal={trade_type} /> },
        {
          title: t('field.quantity'),
          align: 'right',
          render: (_, { quantity, symbol }) => (quantity ? `${formatQuantity(quantity)} ${symbol}` : '–'),
        },
        { title: t('field.price'), align: 'right', render: (_, { price }) => formatPrice(price) },
        {
          title: t('field.notional'),
          align: 'right',
          render: (_, { notional, fee_asset }) => <Money value={notional} asset={fee_asset} />,
        },
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
        { title: t('field.reason'), render: (_, { reason }) => knownWords(t, 'reasonName', reason) ?? reason },
      ]}
    />
  );
}

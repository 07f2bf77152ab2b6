import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { formatDecimal } from '../../format/decimal.js';
import { Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';

export function Ledger({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const history = useHistory(['ledger', id], (cursor) =>
    answered(api.GET('/api/v1/strategies/{id}/ledger', { params: { path: { id }, query: { limit: 50, ...cursor } } })),
  );
  return (
    <HistoryTable
      history={history}
      rowKey="id"
      empty={t('detail.noLedger')}
      columns={[
        { title: t('field.time'), render: (_, { occurred_at }) => <Time at={occurred_at} /> },
        { title: t('field.kind'), render: (_, { kind }) => t(`ledger.${kind}`) },
        {
          title: t('field.amount'),
          align: 'right',
          // Ledger amounts are shown with all digits.
          render: (_, { amount }) => <span className="figure">{formatDecimal(amount, { signed: true })}</span>,
        },
        { title: t('field.asset'), render: (_, { asset }) => accountName(asset, t('ledger.margin')) },
      ]}
    />
  );
}

/** The margin of perpetuals is an account of its own: `USDC:margin`. */
function accountName(asset: string, margin: string): string {
  const [name, account] = asset.split(':');
  return account === 'margin' ? `${name} · ${margin}` : asset;
}

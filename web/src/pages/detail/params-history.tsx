import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { Differences } from '../../params/differences.js';
import type { Params } from '../../params/fields.js';
import { Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';

/** Parameter versions, each with its difference to the previous one. */
export function ParamsHistory({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const history = useHistory(['params-history', id], (cursor) =>
    answered(
      api.GET('/api/v1/strategies/{id}/params-history', { params: { path: { id }, query: { limit: 50, ...cursor } } }),
    ),
  );
  const versions = history.data?.pages.flatMap(({ items }) => items) ?? [];
  const before = new Map(versions.map(({ params_version, params }) => [params_version, params as Params]));
  return (
    <HistoryTable
      history={history}
      rowKey="params_version"
      empty={t('detail.noParams')}
      columns={[
        { title: t('field.paramsVersion'), render: (_, { params_version }) => params_version },
        { title: t('field.time'), render: (_, { changed_at }) => <Time at={changed_at} /> },
        {
          title: t('field.user'),
          render: (_, { changed_by }) => changed_by?.full_name ?? changed_by?.id ?? t('detail.program'),
        },
        {
          title: t('params.differences'),
          render: (_, { params_version, params }) => {
            const previous = before.get(params_version - 1);
            if (previous) return <Differences before={previous} after={params as Params} />;
            return params_version === 1 ? t('params.first') : '…';
          },
        },
      ]}
    />
  );
}

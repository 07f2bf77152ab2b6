import { Flex, Input } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answered, api } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';
import { knownWords } from '../../parts/known-words.js';
import { Select } from '../../parts/select.js';
import { AdminPage } from './admin-page.js';
import { ACTIONS, TARGETS } from './audit-names.js';

const FILTERS = ['action', 'target_type', 'target'] as const;

export function AuditPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t('nav.audit')}>
      <AuditLog />
    </AdminPage>
  );
}

function AuditLog() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const given = FILTERS.flatMap((name) => {
    const value = search.get(name);
    return value ? [[name, value] as const] : [];
  });
  const filter = Object.fromEntries(given);
  const history = useHistory(['audit-log', filter], (cursor) =>
    answered(api.GET('/api/v1/admin/audit-log', { params: { query: { limit: 50, ...filter, ...cursor } } })),
  );
  const change = (name: string, value: string): void => {
    const next = { ...filter, [name]: value.trim() };
    setSearch(Object.fromEntries(Object.entries(next).filter(([, text]) => text !== '')));
  };
  const optionsOf = (values: readonly string[], wordsOf: typeof actionName) =>
    values.map((value) => ({ value, label: wordsOf(t, value) }));
  const choices = [
    { name: 'action', options: optionsOf(ACTIONS, actionName) },
    { name: 'target_type', options: optionsOf(TARGETS, targetName) },
  ] as const;
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        {choices.map(({ name, options }) => (
          <Select
            key={name}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t(`audit.${name}`)}
            aria-label={t(`audit.${name}`)}
            value={filter[name] ?? null}
            options={options}
            onChange={(value: string | null | undefined) => change(name, value ?? '')}
            style={{ minWidth: 200 }}
          />
        ))}
        <Input.Search
          key={filter['target']}
          defaultValue={filter['target'] ?? ''}
          allowClear
          placeholder={t('audit.target')}
          aria-label={t('audit.target')}
          onSearch={(value) => change('target', value)}
          style={{ maxWidth: 260 }}
        />
      </Flex>
      <HistoryTable
        history={history}
        rowKey="id"
        empty={t('audit.empty')}
        columns={[
          { title: t('field.time'), render: (_, { occurred_at }) => <Time at={occurred_at} /> },
          { title: t('audit.actor'), render: (_, { actor }) => actor?.email ?? actor?.id ?? '–' },
          { title: t('audit.action'), render: (_, { action }) => actionName(t, action) },
          {
            title: t('audit.target'),
            render: (_, { target_type, target_id }) => (
              <>
                {targetName(t, target_type)} <span className="code">{target_id}</span>
              </>
            ),
          },
          { title: t('audit.before'), render: (_, { before }) => <Json value={before} /> },
          { title: t('audit.after'), render: (_, { after }) => <Json value={after} /> },
          { title: t('common.traceId'), render: (_, { trace_id }) => <span className="code">{trace_id ?? '–'}</span> },
        ]}
      />
    </Flex>
  );
}

function actionName(t: TFunction, action: string): string {
  return knownWords(t, 'auditAction', action.replace('.', '_')) ?? action;
}

function targetName(t: TFunction, target: string): string {
  return knownWords(t, 'auditTarget', target) ?? target;
}

function Json({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return '–';
  // Entries can be large: show the keys, and the values on demand.
  return (
    <details className="code" style={{ maxWidth: 320 }}>
      <summary>{Object.keys(value).join(', ')}</summary>
      {JSON.stringify(value, null, 1)}
    </details>
  );
}

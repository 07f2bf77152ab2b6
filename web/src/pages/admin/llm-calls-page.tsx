import { Button, Drawer, Flex, Input, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAgents } from '../../api/admin-queries.js';
import { answered, api } from '../../api/client.js';
import { useHistory } from '../../api/queries.js';
import { Time } from '../../parts/figures.js';
import { HistoryTable } from '../../parts/history-table.js';
import { knownWords } from '../../parts/known-words.js';
import { Select } from '../../parts/select.js';
import { AdminPage } from './admin-page.js';
import { LlmCall } from './llm-call.js';
import { LlmCost, LlmStatus, tokens } from './llm-figures.js';

const STATUSES = ['asked', 'answered', 'failed'] as const;
const FILTERS = ['agent', 'status', 'run_id'] as const;
const WIDTH = { minWidth: 150, flex: '1 1 150px', maxWidth: 240 };

export function LlmCallsPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t('nav.llmCalls')}>
      <Calls />
    </AdminPage>
  );
}

/** Filters and the open call are in the address. */
function Calls() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = search.get(name);
      return value ? [[name, value] as const] : [];
    }),
  ) as { agent?: string; status?: (typeof STATUSES)[number]; run_id?: string };
  const history = useHistory(['llm-calls', filter], (cursor) =>
    answered(api.GET('/api/v1/admin/llm-calls', { params: { query: { limit: 50, ...filter, ...cursor } } })),
  );
  const agents = useAgents().data?.items ?? [];
  const change = (part: Readonly<Record<string, string | null | undefined>>): void => {
    const next = { ...filter, ...part };
    setSearch(Object.fromEntries(Object.entries(next).flatMap(([name, value]) => (value ? [[name, value]] : []))));
  };
  const open = search.get('question');
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap role="search">
        <Select
          aria-label={t('llm.agent')}
          placeholder={t('llm.agent')}
          allowClear
          value={filter.agent ?? null}
          options={agents.map(({ agent_name: value }) => ({ value, label: knownWords(t, 'agent', value) ?? value }))}
          onChange={(agent: string | null | undefined) => change({ agent })}
          style={WIDTH}
        />
        <Select
          aria-label={t('field.state')}
          placeholder={t('field.state')}
          allowClear
          value={filter.status ?? null}
          options={STATUSES.map((value) => ({ value, label: t(`llmStatus.${value}`) }))}
          onChange={(status: string | null | undefined) => change({ status })}
          style={WIDTH}
        />
        <Input.Search
          key={filter.run_id ?? ''}
          defaultValue={filter.run_id ?? ''}
          allowClear
          placeholder={t('llm.run')}
          aria-label={t('llm.run')}
          onSearch={(run) => change({ run_id: run.trim() })}
          style={{ ...WIDTH, maxWidth: 360 }}
        />
      </Flex>
      <HistoryTable
        history={history}
        rowKey="id"
        empty={t('llm.empty')}
        columns={[
          { title: t('field.time'), render: (_, { asked_at }) => <Time at={asked_at} /> },
          { title: t('llm.agent'), render: (_, { agent_name }) => knownWords(t, 'agent', agent_name) ?? agent_name },
          { title: t('llm.model'), render: (_, { model }) => <span className="code">{model}</span> },
          { title: t('field.state'), render: (_, { status }) => <LlmStatus status={status} /> },
          {
            title: t('llm.tokens'),
            align: 'right',
            render: (_, { prompt_tokens, completion_tokens }) =>
              `${tokens(prompt_tokens)} / ${tokens(completion_tokens)}`,
          },
          {
            title: t('llm.cost'),
            align: 'right',
            render: (_, { cost, cost_known }) => <LlmCost cost={cost} known={cost_known} />,
          },
          {
            title: t('field.reason'),
            render: (_, { error }) =>
              error ? (
                <div style={{ minWidth: 200, maxWidth: 360 }}>
                  {knownWords(t, 'llmFailure', error.code) ?? <Tag>{error.code}</Tag>}
                </div>
              ) : (
                '–'
              ),
          },
          {
            title: t('common.actions'),
            render: (_, { id }) => (
              <Button size="small" onClick={() => change({ question: id })}>
                {t('action.details')}
              </Button>
            ),
          },
        ]}
      />
      <Drawer
        open={open !== null}
        onClose={() => change({})}
        title={t('llm.question')}
        size="min(820px, 100vw)"
        destroyOnHidden
      >
        {open !== null && <LlmCall id={open} />}
      </Drawer>
    </Flex>
  );
}

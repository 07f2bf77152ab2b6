import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { DataTable } from '../../parts/data-table.js';
import { failureWords, knownWords } from '../../parts/known-words.js';

/** Calls and costs of today; hidden while LLM mode is off for all agents. */
export function LanguageModels({ models }: { readonly models: Schemas['SystemView']['language_models'] }) {
  const { t } = useTranslation();
  if (models.length === 0) return null;
  return (
    <Card title={t('llm.title')} extra={<Link to="/admin/llm-calls">{t('nav.llmCalls')}</Link>}>
      <DataTable
        rowKey="agent"
        dataSource={models}
        columns={[
          { title: t('llm.agent'), render: (_, { agent }) => knownWords(t, 'agent', agent) ?? agent },
          { title: t('llm.model'), render: (_, { model }) => <span className="code">{model}</span> },
          {
            title: t('llm.spent'),
            align: 'right',
            render: (_, { spent_today, daily_budget }) => `${spent_today} / ${daily_budget}`,
          },
          {
            title: t('llm.questions'),
            align: 'right',
            render: (_, { questions_today, failed_today }) => `${questions_today} / ${failed_today}`,
          },
          {
            title: t('field.reason'),
            render: (_, { last_failure }) => (last_failure ? failureWords(t, last_failure) : t('common.none')),
          },
        ]}
      />
    </Card>
  );
}

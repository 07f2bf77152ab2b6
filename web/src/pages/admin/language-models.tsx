import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { DataTable } from '../../parts/data-table.js';
import { knownWords } from '../../parts/known-words.js';

/** What the language models of today came to; nothing where LLM mode is off everywhere. */
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
          { title: t('field.reason'), render: (_, { last_failure }) => last_failure?.message ?? '–' },
        ]}
      />
    </Card>
  );
}

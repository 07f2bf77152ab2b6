import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useDecisionAgents, useDefinitions } from '../../api/queries.js';
import { useMe } from '../../layout/profile-context.js';
import { Page } from '../../parts/page.js';
import { QueryState } from '../../parts/query-state.js';
import { NotFoundPage } from '../not-found-page.js';
import { CreateForm } from './create-form.js';
import { TemplateList } from './template-list.js';

/** Choice of a template (in the address), then the form. */
export function CreatePage() {
  const { t } = useTranslation();
  const { trades } = useMe();
  const [search, setSearch] = useSearchParams();
  const definitions = useDefinitions({ enabled: trades });
  const agents = useDecisionAgents({ enabled: trades });
  if (!trades) return <NotFoundPage />;
  return (
    <Page title={t('nav.create')}>
      <QueryState query={definitions}>
        {({ items }) => {
          const templates = items.filter(({ is_active }) => is_active);
          const chosen = templates.find(({ id }) => String(id) === search.get('template'));
          return (
            <Flex vertical gap={16}>
              <TemplateList
                templates={templates}
                chosen={chosen?.id}
                onChoose={(id) => setSearch({ template: String(id) }, { replace: true })}
              />
              {chosen && (
                <QueryState query={agents}>
                  {(known) => {
                    const agent = known.items.find(({ name }) => name === chosen.decision_agent_class);
                    return agent && <CreateForm key={chosen.id} template={chosen} agent={agent} />;
                  }}
                </QueryState>
              )}
            </Flex>
          );
        }}
      </QueryState>
    </Page>
  );
}

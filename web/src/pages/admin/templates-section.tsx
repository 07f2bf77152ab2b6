import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, newKey, type Schemas } from '../../api/client.js';
import { useDefinitions } from '../../api/queries.js';
import { Time } from '../../parts/figures.js';
import { knownWords, seededWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { NewTemplateDrawer } from './new-template-drawer.js';
import { CodePlace } from './code-place.js';
import { SwitchTable } from './switch-table.js';
import { TemplateDrawer } from './template-drawer.js';
import { useAdminChange } from './use-admin-change.js';

type Template = Schemas['DefinitionView'];

export function TemplatesSection() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Template | null>(null);
  const [making, setMaking] = useState(false);
  const change = useAdminChange('definitions', ({ one, isActive }: { one: Template; isActive: boolean }) =>
    answered(
      api.PATCH('/api/v1/strategy-definitions/{id}', {
        params: { path: { id: one.id }, header: ifMatch(one.version) },
        body: { is_active: isActive },
      }),
    ),
  );
  const run = useAdminChange(
    'runs',
    (id: number) =>
      answered(api.POST('/api/v1/strategy-definitions/{id}/runs', { params: { path: { id }, header: newKey() } })),
    undefined,
    t('registry.runStarted'),
  );
  return (
    <QueryState query={useDefinitions({ inactive: true })}>
      {({ items }) => (
        <>
          <Flex justify="end" style={{ marginBottom: 12 }}>
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('registry.newTemplate')}
            </Button>
          </Flex>
          <SwitchTable<Template>
            items={items}
            nameOf={({ name }) => name}
            wordsOf={({ name, display_name, description }) => ({
              title: display_name,
              text: seededWords(t, 'templateText', name, description),
            })}
            columns={[
              { title: t('field.symbol'), render: (_, { trade_symbol }) => trade_symbol },
              {
                title: t('registry.agents'),
                render: (_, { business_agents }) =>
                  business_agents.map((agent) => <Tag key={agent}>{knownWords(t, 'agent', agent) ?? agent}</Tag>),
              },
              {
                title: t('registry.decisionAgent'),
                render: (_, { decision_agent_module, decision_agent_class }) => (
                  <CodePlace module={decision_agent_module} name={decision_agent_class} />
                ),
              },
              {
                title: t('registry.period'),
                align: 'right',
                render: (_, { rebalance_period_minutes: minutes }) => t('create.every', { minutes }),
              },
              { title: t('field.nextRun'), render: (_, { next_run_at }) => <Time at={next_run_at} /> },
              {
                title: t('common.actions'),
                render: (_, one) => (
                  <Flex gap={6}>
                    <Button size="small" onClick={() => setEdited(one)}>
                      {t('common.edit')}
                    </Button>
                    <Button size="small" disabled={run.isPending} onClick={() => run.mutate(one.id)}>
                      {t('registry.runNow')}
                    </Button>
                  </Flex>
                ),
              },
            ]}
            pending={change.isPending}
            onSwitch={(one, isActive) => change.mutate({ one, isActive })}
          />
          {edited && <TemplateDrawer template={edited} onClose={() => setEdited(null)} />}
          {making && <NewTemplateDrawer templates={items} onClose={() => setMaking(false)} />}
        </>
      )}
    </QueryState>
  );
}

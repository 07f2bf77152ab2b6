import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgents } from '../../api/admin-queries.js';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { knownWords, seededWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { AgentDialog } from './agent-dialog.js';
import { CodePlace } from './code-place.js';
import { SwitchTable } from './switch-table.js';
import { useAdminChange } from './use-admin-change.js';

type Agent = Schemas['AgentView'];

export function AgentsSection() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Agent | null>(null);
  const change = useAdminChange('agents', ({ agent, isActive }: { agent: Agent; isActive: boolean }) =>
    answered(
      api.PATCH('/api/v1/admin/agents/{name}', {
        params: { path: { name: agent.agent_name }, header: ifMatch(agent.version) },
        body: { is_active: isActive },
      }),
    ),
  );
  return (
    <QueryState query={useAgents()}>
      {({ items }) => (
        <>
          <SwitchTable<Agent>
            items={items}
            nameOf={({ agent_name }) => agent_name}
            wordsOf={({ agent_name, display_name, description }) => ({
              title: seededWords(t, 'agentName', agent_name, display_name),
              text: seededWords(t, 'agentText', agent_name, description),
            })}
            columns={[
              {
                title: t('registry.tools'),
                render: (_, { available_tools }) =>
                  available_tools.map((tool) => <Tag key={tool}>{knownWords(t, 'toolName', tool) ?? tool}</Tag>),
              },
              {
                title: t('registry.code'),
                render: (_, { agent_module, agent_class }) => <CodePlace module={agent_module} name={agent_class} />,
              },
              {
                title: t('llm.title'),
                render: (_, { llm_enabled, llm_model }) => (llm_enabled ? <Tag color="blue">{llm_model}</Tag> : '–'),
              },
              {
                title: t('common.actions'),
                render: (_, agent) => (
                  <Button size="small" onClick={() => setEdited(agent)}>
                    {t('common.edit')}
                  </Button>
                ),
              },
            ]}
            pending={change.isPending}
            onSwitch={(agent, isActive) => change.mutate({ agent, isActive })}
          />
          {edited && <AgentDialog agent={edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </QueryState>
  );
}

import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTools } from '../../api/admin-queries.js';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { seededWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { CodePlace } from './code-place.js';
import { SwitchTable } from './switch-table.js';
import { useAdminChange } from './use-admin-change.js';

type Tool = Schemas['ToolView'];

export function ToolsSection() {
  const { t } = useTranslation();
  const change = useAdminChange('tools', ({ tool, isActive }: { tool: Tool; isActive: boolean }) =>
    answered(
      api.PATCH('/api/v1/admin/tools/{name}', {
        params: { path: { name: tool.tool_name }, header: ifMatch(tool.version) },
        body: { is_active: isActive },
      }),
    ),
  );
  return (
    <QueryState query={useTools()}>
      {({ items }) => (
        <SwitchTable<Tool>
          items={items}
          nameOf={({ tool_name }) => tool_name}
          wordsOf={({ tool_name, display_name, description }) => ({
            title: seededWords(t, 'toolName', tool_name, display_name),
            text: seededWords(t, 'toolText', tool_name, description),
          })}
          columns={[
            {
              title: t('registry.apis'),
              render: (_, { required_apis }) => required_apis.map((one) => <Tag key={one}>{one}</Tag>),
            },
            {
              title: t('registry.code'),
              render: (_, { tool_module, tool_function }) => <CodePlace module={tool_module} name={tool_function} />,
            },
            {
              title: t('registry.settings'),
              render: (_, { config }) =>
                Object.keys(config).length === 0 ? '–' : <span className="code">{JSON.stringify(config)}</span>,
            },
          ]}
          pending={change.isPending}
          onSwitch={(tool, isActive) => change.mutate({ tool, isActive })}
        />
      )}
    </QueryState>
  );
}

import { Button, Drawer, Flex, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import { useDecisionAgents } from '../../api/queries.js';
import { changesOf, type Params } from '../../params/fields.js';
import { IgnoredParams } from '../../params/ignored-params.js';
import { ParamsForm } from '../../params/params-form.js';
import { QueryState } from '../../parts/query-state.js';
import { withAgents } from './agent-params.js';
import { AgentsSelect } from './agents-select.js';
import { useAdminChange } from './use-admin-change.js';

type Fields = Pick<Schemas['DefinitionView'], 'display_name' | 'description' | 'rebalance_period_minutes'>;

interface Props {
  readonly template: Schemas['DefinitionView'];
  readonly onClose: () => void;
}

/** Form to edit a template. */
export function TemplateDrawer({ template, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const before = template.default_params as Params;
  const [params, setParams] = useState(before);
  const [agents, setAgents] = useState<readonly string[]>(template.business_agents);
  // Other agents need complete params.
  const sent =
    agents === template.business_agents
      ? { default_params: changesOf(before, params) }
      : { business_agents: [...agents], default_params: params };
  const change = useAdminChange(
    'definitions',
    (fields: Fields) =>
      answered(
        api.PATCH('/api/v1/strategy-definitions/{id}', {
          params: { path: { id: template.id }, header: ifMatch(template.version) },
          body: { ...fields, ...sent },
        }),
      ),
    onClose,
  );
  const { display_name, description, rebalance_period_minutes } = template;
  const violations = change.error instanceof ApiProblem ? change.error.violations : [];
  return (
    <Drawer open onClose={onClose} title={display_name} size="min(640px, 100vw)">
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ display_name, description, rebalance_period_minutes }}
        onFinish={(fields) => change.mutate(fields)}
      >
        <Form.Item name="display_name" label={t('field.name')} rules={[{ required: true, message: t('field.needed') }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="description" label={t('field.description')}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
        <Form.Item name="rebalance_period_minutes" label={t('registry.minutes')}>
          <InputNumber min={1} max={10_080} precision={0} />
        </Form.Item>
        <Form.Item label={t('registry.agents')} htmlFor="template-agents" extra={t('registry.agentsHelp')}>
          <AgentsSelect
            id="template-agents"
            value={agents}
            onChange={(next) => {
              setParams(withAgents(params, agents, next));
              setAgents(next);
            }}
          />
        </Form.Item>
        <QueryState query={useDecisionAgents()}>
          {({ items }) => {
            const agent = items.find(({ name }) => name === template.decision_agent_class);
            return (
              <Flex vertical gap={16}>
                <IgnoredParams pointers={template.ignored_params} />
                {agent && (
                  <ParamsForm
                    schema={agent.params_schema}
                    value={params}
                    defaults={agent.default_params as Params}
                    violations={violations}
                    onChange={setParams}
                  />
                )}
                <Button type="primary" htmlType="submit" loading={change.isPending}>
                  {t('common.save')}
                </Button>
              </Flex>
            );
          }}
        </QueryState>
      </Form>
    </Drawer>
  );
}

import { Button, Drawer, Flex, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api, newKey, type Schemas } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import { useDecisionAgents } from '../../api/queries.js';
import type { Params } from '../../params/fields.js';
import { ParamsForm } from '../../params/params-form.js';
import { knownWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { AutoComplete, Select } from '../../parts/select.js';
import { withAgents } from './agent-params.js';
import { AgentsSelect } from './agents-select.js';
import { useAdminChange } from './use-admin-change.js';

type DecisionAgent = Schemas['DecisionAgentView'];
type Fields = Pick<
  Schemas['CreateDefinitionBody'],
  'name' | 'display_name' | 'description' | 'trade_channel' | 'trade_symbol' | 'rebalance_period_minutes'
>;

interface Props {
  /** Existing templates; their assets are suggested. */
  readonly templates: readonly Schemas['DefinitionView'][];
  readonly onClose: () => void;
}

/** Form to create a template. */
export function NewTemplateDrawer({ templates, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} title={t('registry.newTemplate')} size="min(640px, 100vw)">
      <QueryState query={useDecisionAgents()}>
        {({ items }) => <NewTemplateForm agents={items} templates={templates} onClose={onClose} />}
      </QueryState>
    </Drawer>
  );
}

function NewTemplateForm({ agents, templates, onClose }: Props & { readonly agents: readonly DecisionAgent[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(agents[0]!);
  const [names, setNames] = useState<readonly string[]>(chosen.business_agents);
  const [params, setParams] = useState(chosen.default_params as Params);
  const make = useAdminChange(
    'definitions',
    (fields: Fields) =>
      answered(
        api.POST('/api/v1/strategy-definitions', {
          params: { header: newKey() },
          body: {
            ...fields,
            decision_agent_module: chosen.module,
            decision_agent_class: chosen.name,
            business_agents: [...names],
            default_params: params,
          },
        }),
      ),
    onClose,
  );
  const choose = (agent: DecisionAgent): void => {
    setChosen(agent);
    setNames(agent.business_agents);
    setParams(agent.default_params as Params);
  };
  const needed = [{ required: true, message: t('field.needed') }];
  const options = (of: (one: Schemas['DefinitionView']) => string) =>
    [...new Set(templates.map(of))].map((value) => ({ value }));
  return (
    <Form<Fields>
      layout="vertical"
      initialValues={{ rebalance_period_minutes: 60, description: '' }}
      onFinish={(fields) => make.mutate(fields)}
    >
      <Form.Item name="display_name" label={t('field.name')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('registry.shortName')}
        extra={t('registry.shortNameHelp')}
        rules={[{ required: true, pattern: /^[a-z0-9_]{3,100}$/, message: t('registry.shortNameHelp') }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="description" label={t('field.description')}>
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
      <Flex gap={16} wrap>
        <Form.Item name="trade_channel" label={t('registry.channel')} rules={needed} style={{ flex: '1 1 180px' }}>
          <Select
            options={options(({ trade_channel }) => trade_channel).map(({ value }) => ({
              value,
              label: knownWords(t, 'channel', value) ?? value,
            }))}
          />
        </Form.Item>
        <Form.Item name="trade_symbol" label={t('field.symbol')} rules={needed} style={{ flex: '1 1 120px' }}>
          <AutoComplete options={options(({ trade_symbol }) => trade_symbol)} />
        </Form.Item>
        <Form.Item name="rebalance_period_minutes" label={t('registry.minutes')} style={{ flex: '1 1 160px' }}>
          <InputNumber min={1} max={10_080} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </Flex>
      <Form.Item label={t('registry.decisionAgent')} htmlFor="new-template-decision-agent">
        <Select
          id="new-template-decision-agent"
          value={chosen.name}
          options={agents.map(({ name }) => ({ value: name, label: name }))}
          onChange={(name: string) => choose(agents.find((one) => one.name === name) ?? chosen)}
        />
      </Form.Item>
      <Form.Item label={t('registry.agents')} htmlFor="new-template-agents">
        <AgentsSelect
          id="new-template-agents"
          value={names}
          onChange={(next) => {
            setParams(withAgents(params, names, next));
            setNames(next);
          }}
        />
      </Form.Item>
      <Flex vertical gap={16}>
        <ParamsForm
          schema={chosen.params_schema}
          value={params}
          defaults={chosen.default_params as Params}
          violations={make.error instanceof ApiProblem ? make.error.violations : []}
          onChange={setParams}
        />
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('registry.make')}
        </Button>
      </Flex>
    </Form>
  );
}

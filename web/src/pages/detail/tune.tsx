import { App, Button, Card, Col, Flex, Row } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import { useDecisionAgents, useDefinitions } from '../../api/queries.js';
import { Differences } from '../../params/differences.js';
import { changesOf, differencesOf, type Params } from '../../params/fields.js';
import { IgnoredParams } from '../../params/ignored-params.js';
import { ParamsForm } from '../../params/params-form.js';
import { PresetButtons } from '../../params/preset-buttons.js';
import { WhatIf } from '../../params/what-if.js';
import { useInstanceChange } from '../../parts/actions/use-instance-change.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { QueryState } from '../../parts/query-state.js';
import { Conflict } from './conflict.js';
import { isPerpetual } from './perpetual.js';

type Instance = Schemas['InstanceView'];

/** Form to tune the params of an instance. */
export function Tune({ instance }: { readonly instance: Instance }) {
  const definitions = useDefinitions();
  const agents = useDecisionAgents();
  return (
    <QueryState query={definitions}>
      {({ items }) => {
        const template = items.find(({ id }) => id === instance.strategy_definition_id);
        return (
          <QueryState query={agents}>
            {(known) => {
              const agent = known.items.find(({ name }) => name === template?.decision_agent_class);
              return template && agent && <TuneForm {...{ instance, template, agent }} />;
            }}
          </QueryState>
        );
      }}
    </QueryState>
  );
}

interface FormProps {
  readonly instance: Instance;
  readonly template: Schemas['DefinitionView'];
  readonly agent: Schemas['DecisionAgentView'];
}

function TuneForm({ instance, template, agent }: FormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  // Base of the edit. Refetches must not change it while the user edits.
  const [base, setBase] = useState(instance);
  const present = base.instance_params as Params;
  const [params, setParams] = useState(present);
  const change = useInstanceChange(base);
  const problem = change.error instanceof ApiProblem ? change.error : null;
  const begin = (from: Instance): void => {
    setBase(from);
    setParams(from.instance_params as Params);
    change.reset();
  };
  // Sends only the edited keys, so that concurrent changes of other keys survive.
  const save = (from: Instance): void =>
    change.mutate(
      { body: { instance_params: changesOf(present, params) }, from: from.version },
      {
        onSuccess: (changed) => {
          begin(changed);
          void message.success(t('tune.saved'));
        },
      },
    );
  const [position] = instance.positions;
  const portfolio = {
    cash: instance.current_balance ?? '0',
    quantity: position?.quantity ?? '0',
    // The value of a margin position does not follow from its quantity.
    ...(position && isPerpetual(position) ? { position_side: position.side, total_value: instance.total_value } : {}),
  };
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={15}>
        <Card>
          <Flex vertical gap={16}>
            <IgnoredParams pointers={base.ignored_params} />
            <PresetButtons
              agentClass={agent.name}
              defaults={template.default_params as Params}
              value={params}
              onChange={setParams}
            />
            <ParamsForm
              schema={agent.params_schema}
              value={params}
              defaults={template.default_params as Params}
              violations={problem?.violations ?? []}
              onChange={setParams}
            />
            <Card size="small" title={t('params.differences')}>
              <Differences before={present} after={params} />
            </Card>
            {problem?.status === 412 && (
              <Conflict id={instance.id} mine={params} base={present} onMine={save} onTheirs={begin} />
            )}
            {change.error && problem?.status !== 412 && <ProblemAlert error={change.error} />}
            <Flex gap={8}>
              <Button
                type="primary"
                loading={change.isPending}
                disabled={differencesOf(present, params).length === 0}
                onClick={() => save(base)}
              >
                {t('tune.save')}
              </Button>
              <Button onClick={() => begin(instance)}>{t('tune.reset')}</Button>
            </Flex>
          </Flex>
        </Card>
      </Col>
      <Col xs={24} lg={9}>
        <WhatIf definition={template} agent={agent} params={params} portfolio={portfolio} />
      </Col>
    </Row>
  );
}

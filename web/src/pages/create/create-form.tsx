import { Button, Card, Col, Flex, Form, Input, InputNumber, Row } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import { changesOf, type Params } from '../../params/fields.js';
import { ParamsForm } from '../../params/params-form.js';
import { PresetButtons } from '../../params/preset-buttons.js';
import { WhatIf } from '../../params/what-if.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useCreation } from '../../parts/actions/use-creation.js';
import { useDefaultName } from './use-default-name.js';

interface Props {
  readonly template: Schemas['DefinitionView'];
  readonly agent: Schemas['DecisionAgentView'];
}

interface Fields {
  readonly instance_name?: string;
  readonly instance_description?: string;
  readonly initial_balance: string;
}

/** 8 decimal places, as on the server. */
const STANDARD_FUNDS = '10000';

export function CreateForm({ template, agent }: Props) {
  const { t } = useTranslation();
  const defaults = template.default_params as Params;
  const [params, setParams] = useState<Params>(defaults);
  const [form] = Form.useForm<Fields>();
  const funds = Form.useWatch('initial_balance', form) ?? STANDARD_FUNDS;
  const name = useDefaultName(template);
  // Keep a typed name, even if the default name changes.
  useEffect(() => {
    if (name !== null && !form.isFieldTouched('instance_name')) form.setFieldValue('instance_name', name);
  }, [form, name]);
  const creation = useCreation();
  const problem = creation.error instanceof ApiProblem ? creation.error : null;
  const submit = ({ instance_name, instance_description, initial_balance }: Fields): void =>
    creation.mutate({
      strategy_definition_id: template.id,
      initial_balance,
      instance_params: changesOf(defaults, params),
      // The server assigns default names: the number may be taken by now.
      ...(instance_name && instance_name !== name ? { instance_name } : {}),
      ...(instance_description ? { instance_description } : {}),
    });
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={15}>
        <Card title={t('create.settings')}>
          <Form<Fields>
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ initial_balance: STANDARD_FUNDS }}
            onFinish={submit}
          >
            <Flex gap={16} wrap>
              <Form.Item name="instance_name" label={t('field.name')} style={{ flex: '2 1 260px' }}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item
                name="initial_balance"
                label={t('field.funds')}
                rules={[{ required: true, message: t('field.needed') }]}
                style={{ flex: '1 1 160px' }}
              >
                <InputNumber<string>
                  stringMode
                  min="0.00000001"
                  suffix={template.quote_asset}
                  style={{ width: '100%' }}
                />
              </Form.Item>
            </Flex>
            <Form.Item name="instance_description" label={t('field.description')}>
              <Input.TextArea rows={2} maxLength={5000} />
            </Form.Item>
            <Flex vertical gap={16}>
              <PresetButtons agentClass={agent.name} defaults={defaults} value={params} onChange={setParams} />
              <ParamsForm
                schema={agent.params_schema}
                value={params}
                defaults={defaults}
                violations={problem?.violations ?? []}
                onChange={setParams}
              />
              {creation.error && <ProblemAlert error={creation.error} />}
              <Button type="primary" size="large" htmlType="submit" loading={creation.isPending}>
                {t('create.submit')}
              </Button>
            </Flex>
          </Form>
        </Card>
      </Col>
      <Col xs={24} lg={9}>
        <WhatIf
          definition={template}
          agent={agent}
          params={params}
          portfolio={{ cash: funds || STANDARD_FUNDS, quantity: '0' }}
        />
      </Col>
    </Row>
  );
}

import { Form, Input, InputNumber, Modal, Switch, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { seededWords } from '../../parts/known-words.js';
import { Select } from '../../parts/select.js';
import { useAdminChange } from './use-admin-change.js';

interface Fields {
  readonly llm_enabled: boolean;
  readonly llm_model: string;
  readonly llm_input_price: string;
  readonly llm_output_price: string;
  readonly llm_daily_budget: string;
  readonly llm_answer_tokens: number;
  readonly llm_limit_parameter: Schemas['AgentView']['llm_limit_parameter'];
  readonly llm_sends_temperature: boolean;
  /** JSON, as typed. */
  readonly extra: string;
}
type Body = Partial<Omit<Fields, 'extra'>> & { readonly llm_extra_parameters?: Record<string, never> };

const LIMIT_PARAMETERS: readonly Fields['llm_limit_parameter'][] = ['max_tokens', 'max_completion_tokens'];

interface Props {
  readonly agent: Schemas['AgentView'];
  readonly onClose: () => void;
}

/** Form of the LLM mode. Amounts are sent as typed; the server parses them. */
export function AgentDialog({ agent, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const change = useAdminChange(
    'agents',
    (body: Body) =>
      answered(
        api.PATCH('/api/v1/admin/agents/{name}', {
          params: { path: { name: agent.agent_name }, header: ifMatch(agent.version) },
          body,
        }),
      ),
    onClose,
  );
  const { llm_enabled, llm_model, llm_input_price, llm_output_price, llm_daily_budget } = agent;
  const { llm_answer_tokens, llm_limit_parameter, llm_sends_temperature } = agent;
  const { llm_extra_parameters } = agent;
  return (
    <Modal
      open
      title={seededWords(t, 'agentName', agent.agent_name, agent.display_name)}
      okText={t('common.save')}
      okButtonProps={{ loading: change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{t('llm.help')}</Typography.Paragraph>
      <Form<Fields>
        form={form}
        layout="vertical"
        autoComplete="off"
        initialValues={{
          llm_enabled,
          llm_model: llm_model ?? '',
          llm_input_price: llm_input_price ?? '',
          llm_output_price: llm_output_price ?? '',
          llm_daily_budget,
          llm_answer_tokens,
          llm_limit_parameter,
          llm_sends_temperature,
          extra: JSON.stringify(llm_extra_parameters),
        }}
        onFinish={(fields) => change.mutate(givenOf(fields))}
      >
        <Form.Item name="llm_enabled" label={t('llm.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="llm_model" label={t('llm.model')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="llm_input_price" label={t('llm.inputPrice')}>
          <Input inputMode="decimal" maxLength={40} />
        </Form.Item>
        <Form.Item name="llm_output_price" label={t('llm.outputPrice')}>
          <Input inputMode="decimal" maxLength={40} />
        </Form.Item>
        <Form.Item name="llm_daily_budget" label={t('llm.dailyBudget')}>
          <Input inputMode="decimal" maxLength={40} />
        </Form.Item>
        <Form.Item name="llm_answer_tokens" label={t('llm.answerTokens')} extra={t('llm.reasoningHelp')}>
          <InputNumber min={100} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item name="llm_limit_parameter" label={t('llm.limitParameter')}>
          <Select options={LIMIT_PARAMETERS.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="llm_sends_temperature" label={t('llm.sendsTemperature')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item
          name="extra"
          label={t('llm.extraParameters')}
          extra={t('llm.extraHelp')}
          rules={[
            {
              validator: (_rule, text: string) =>
                parsed(text) ? Promise.resolve() : Promise.reject(new Error(t('llm.notJson'))),
            },
          ]}
        >
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Empty fields are not sent and keep their value. */
function givenOf({ extra, ...fields }: Fields): Body {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null));
  return { ...given, llm_extra_parameters: parsed(extra) ?? {} };
}

/** Parses a JSON object; null for anything else. */
function parsed(text: string): Record<string, never> | null {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, never>)
      : null;
  } catch {
    return null;
  }
}

import { App, Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { useAdminChange } from './use-admin-change.js';

interface Fields {
  readonly base_url: string;
  readonly rate_limit: number;
  readonly api_key?: string;
  readonly api_secret?: string;
}

interface Props {
  readonly entry: Schemas['ApiConfigView'];
  readonly onClose: () => void;
}

/** Empty key fields leave the stored keys as they are. */
export function ApiDialog({ entry, onClose }: Props) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useAdminChange(
    'apis',
    async ({ base_url, rate_limit, api_key, api_secret }: Fields) => {
      const { key_removed } = await answered(
        api.PATCH('/api/v1/admin/apis/{name}', {
          params: { path: { name: entry.api_name }, header: ifMatch(entry.version) },
          body: { base_url, rate_limit, ...(api_key ? { api_key } : {}), ...(api_secret ? { api_secret } : {}) },
        }),
      );
      if (key_removed) void modal.warning({ title: t('registry.keyRemoved'), content: t('registry.keyRemovedHelp') });
    },
    onClose,
  );
  const { base_url, rate_limit } = entry;
  return (
    <Modal
      open
      title={entry.display_name}
      okText={t('common.save')}
      okButtonProps={{ loading: change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        autoComplete="off"
        initialValues={{ base_url, rate_limit }}
        onFinish={(fields) => change.mutate(fields)}
      >
        <Form.Item name="base_url" label={t('registry.address')}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="rate_limit" label={t('registry.rateLimit')}>
          <InputNumber min={1} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item name="api_key" label={t('registry.newKey')} extra={t('registry.keyHelp')}>
          <Input.Password autoComplete="new-password" maxLength={500} />
        </Form.Item>
        <Form.Item name="api_secret" label={t('registry.newSecret')}>
          <Input.Password autoComplete="new-password" maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

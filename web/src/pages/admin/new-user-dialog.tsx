import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, newKey, type Schemas } from '../../api/client.js';
import { Select } from '../../parts/select.js';
import { useAdminChange } from './use-admin-change.js';

type Fields = Schemas['CreateUserBody'];
const ROLES = ['user', 'trader', 'admin'] as const;

export function NewUserDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const make = useAdminChange(
    'users',
    ({ full_name, ...body }: Fields) =>
      answered(
        api.POST('/api/v1/admin/users', {
          body: { ...body, ...(full_name ? { full_name } : {}) },
          params: { header: newKey() },
        }),
      ),
    onClose,
  );
  return (
    <Modal
      open
      title={t('users.new')}
      okText={t('common.save')}
      okButtonProps={{ loading: make.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: 'trader' }}
        onFinish={(fields) => make.mutate(fields)}
      >
        <Form.Item name="email" label={t('field.email')} rules={[{ required: true, message: t('field.needed') }]}>
          <Input type="email" autoComplete="off" maxLength={254} />
        </Form.Item>
        <Form.Item name="full_name" label={t('field.fullName')}>
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('users.firstPassword')}
          extra={t('field.passwordHelp')}
          rules={[{ required: true, min: 8, message: t('field.passwordHelp') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Form.Item name="role" label={t('field.role')}>
          <Select options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

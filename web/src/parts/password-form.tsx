import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, type Schemas } from '../api/client.js';
import { profileQuery } from '../api/queries.js';
import { ProblemAlert } from './problem-alert.js';

/** @param version of the account as shown, sent as If-Match; null: it cannot be read yet. */
export function useProfileChange(version: number | null, said: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (body: Schemas['ProfileBody']) =>
      answered(api.PATCH('/api/v1/auth/me', { body, params: version === null ? {} : { header: ifMatch(version) } })),
    onSuccess: (changed) => {
      client.setQueryData(profileQuery.queryKey, changed);
      void message.success(said);
    },
    // Another version, perhaps. An account that cannot be read yet is not read again: the form would go with its message.
    onError: () => (version === null ? undefined : client.invalidateQueries({ queryKey: profileQuery.queryKey })),
  });
}

export function PasswordForm({ version }: { readonly version: number | null }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ current_password: string; password: string }>();
  const change = useProfileChange(version, t('profile.passwordChanged'));
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => change.mutate(fields, { onSuccess: () => form.resetFields() })}
    >
      {change.error && <ProblemAlert error={change.error} />}
      <Form.Item
        name="current_password"
        label={t('profile.currentPassword')}
        rules={[{ required: true, message: t('field.needed') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('profile.newPassword')}
        extra={t('profile.otherSessions')}
        rules={[{ required: true, min: 8, message: t('field.passwordHelp') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('profile.changePassword')}
      </Button>
    </Form>
  );
}

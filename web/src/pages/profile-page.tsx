import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, type Schemas } from '../api/client.js';
import { profileQuery } from '../api/queries.js';
import { useMe } from '../layout/profile-context.js';
import { Time } from '../parts/figures.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';

export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  const account = [
    { key: 'email', label: t('field.email'), children: me.email },
    { key: 'role', label: t('field.role'), children: t(`role.${me.role}`) },
    { key: 'since', label: t('field.since'), children: <Time at={me.created_at} /> },
  ];
  return (
    <Page title={t('nav.profile')}>
      <Card>
        <Descriptions items={account} column={{ xs: 1, md: 3 }} />
      </Card>
      <Flex wrap gap={16}>
        <NameForm />
        <PasswordForm />
      </Flex>
    </Page>
  );
}

/** Changes the account with If-Match of the shown version. */
function useChange(said: string) {
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (body: Schemas['ProfileBody']) =>
      answered(api.PATCH('/api/v1/auth/me', { body, params: { header: ifMatch(me.version) } })),
    onSuccess: (changed) => {
      client.setQueryData(profileQuery.queryKey, changed);
      void message.success(said);
    },
    onError: () => client.invalidateQueries({ queryKey: profileQuery.queryKey }),
  });
}

function NameForm() {
  const { t } = useTranslation();
  const me = useMe();
  const change = useChange(t('profile.nameChanged'));
  const submit = ({ full_name }: { full_name?: string }): void => change.mutate({ full_name: full_name || null });
  return (
    <Card title={t('field.fullName')} style={{ flex: '1 1 320px' }}>
      <Form layout="vertical" initialValues={{ full_name: me.full_name ?? '' }} onFinish={submit}>
        {change.error && <ProblemAlert error={change.error} />}
        <Form.Item name="full_name" label={t('field.fullName')} extra={t('field.fullNameHelp')}>
          <Input autoComplete="name" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('common.save')}
        </Button>
      </Form>
    </Card>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ current_password: string; password: string }>();
  const change = useChange(t('profile.passwordChanged'));
  return (
    <Card title={t('field.password')} style={{ flex: '1 1 320px' }}>
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
    </Card>
  );
}

import { Button, Card, Descriptions, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '../layout/profile-context.js';
import { Time } from '../parts/figures.js';
import { Page } from '../parts/page.js';
import { PasswordForm, useProfileChange } from '../parts/password-form.js';
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
        <Card title={t('field.password')} style={{ flex: '1 1 320px' }}>
          <PasswordForm version={me.version} />
        </Card>
      </Flex>
    </Page>
  );
}

function NameForm() {
  const { t } = useTranslation();
  const me = useMe();
  const change = useProfileChange(me.version, t('profile.nameChanged'));
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

import { useMutation } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Typography } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answered, api } from '../api/client.js';
import { signIn } from '../api/session.js';
import { ProblemAlert } from '../parts/problem-alert.js';

interface Fields {
  readonly email: string;
  readonly password: string;
  readonly full_name?: string;
}

export function RegisterPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const register = useMutation({
    mutationFn: async ({ email, password, full_name }: Fields) => {
      const body = { email, password, ...(full_name ? { full_name } : {}) };
      await answered(api.POST('/api/v1/auth/register', { body }));
      await signIn(email, password);
    },
  });
  useEffect(() => {
    document.title = `${t('register.title')} · Conclave`;
  }, [t]);
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={1} style={{ margin: 0, fontSize: 24 }}>
        {t('register.title')}
      </Typography.Title>
      <Typography.Text type="secondary">{t('register.role')}</Typography.Text>
      {register.error && <ProblemAlert error={register.error} />}
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => register.mutate(fields)}>
        <Form.Item name="email" label={t('field.email')} rules={[{ required: true, message: t('field.needed') }]}>
          <Input type="email" autoComplete="username" autoFocus maxLength={254} />
        </Form.Item>
        <Form.Item name="full_name" label={t('field.fullName')} extra={t('field.fullNameHelp')}>
          <Input autoComplete="name" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('field.password')}
          extra={t('field.passwordHelp')}
          rules={[{ required: true, min: 8, message: t('field.passwordHelp') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={register.isPending}>
          {t('register.submit')}
        </Button>
      </Form>
      <span>
        {t('register.known')}{' '}
        <Link to={`/sign-in?${search}`} className="in-text">
          {t('signIn.title')}
        </Link>
      </span>
    </Flex>
  );
}

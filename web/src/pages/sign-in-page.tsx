import { useMutation } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Typography } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { signIn } from '../api/session.js';
import { ProblemAlert } from '../parts/problem-alert.js';

interface Fields {
  readonly email: string;
  readonly password: string;
}

export function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const enter = useMutation({ mutationFn: ({ email, password }: Fields) => signIn(email, password) });
  useEffect(() => {
    document.title = `${t('signIn.title')} · Conclave`;
  }, [t]);
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={1} style={{ margin: 0, fontSize: 24 }}>
        {t('signIn.title')}
      </Typography.Title>
      <Typography.Text type="secondary">{t('signIn.motto')}</Typography.Text>
      {enter.error && <ProblemAlert error={enter.error} />}
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => enter.mutate(fields)}>
        <Form.Item name="email" label={t('field.email')} rules={[{ required: true, message: t('field.needed') }]}>
          <Input type="email" autoComplete="username" autoFocus maxLength={254} />
        </Form.Item>
        <Form.Item name="password" label={t('field.password')} rules={[{ required: true, message: t('field.needed') }]}>
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={enter.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <span>
        {t('signIn.new')}{' '}
        <Link to={`/register?${search}`} className="in-text">
          {t('register.title')}
        </Link>
      </span>
    </Flex>
  );
}

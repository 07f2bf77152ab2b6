import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Flex, Typography } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOut } from '../api/session.js';
import { PasswordForm } from '../parts/password-form.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { VisitorFrame } from './visitors.js';

/** Instead of every page, until the user has chosen a password. */
export function InitialPassword() {
  const { t } = useTranslation();
  const leave = useMutation({ mutationFn: signOut });
  useEffect(() => {
    document.title = `${t('initialPassword.title')} · Conclave`;
  }, [t]);
  return (
    <VisitorFrame>
      <Flex vertical gap={16}>
        <Typography.Title level={1} style={{ margin: 0, fontSize: 24 }}>
          {t('initialPassword.title')}
        </Typography.Title>
        <Typography.Text type="secondary">{t('initialPassword.why')}</Typography.Text>
        <PasswordForm version={null} />
        {leave.error && <ProblemAlert error={leave.error} />}
        <Button onClick={() => leave.mutate()} loading={leave.isPending}>
          {t('nav.signOut')}
        </Button>
      </Flex>
    </VisitorFrame>
  );
}

/** Where a new password is not required. */
export function InitialPasswordHint() {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      closable
      style={{ marginBottom: 16 }}
      title={t('initialPassword.why')}
      action={<Link to="/profile">{t('initialPassword.title')}</Link>}
    />
  );
}

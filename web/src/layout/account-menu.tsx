import { UserOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Dropdown, Grid } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut } from '../api/session.js';
import { useMe } from './profile-context.js';

export function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const wide = Grid.useBreakpoint().md ?? false;
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => navigate('/sign-in'),
    onError: () => void message.error(t('problems.unreachable')),
  });
  const name = me.full_name ?? me.email;
  const items = [
    { key: 'who', label: `${name} · ${t(`role.${me.role}`)}`, disabled: true },
    { key: 'profile', label: t('nav.profile') },
    { key: 'docs', label: t('nav.api') },
    { type: 'divider' as const },
    { key: 'leave', label: t('nav.signOut') },
  ];
  const choose = ({ key }: { key: string }): void => {
    if (key === 'profile') void navigate('/profile');
    if (key === 'docs') window.open('/docs', '_blank', 'noopener');
    if (key === 'leave') leave.mutate();
  };
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: choose }}>
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={t('common.part', { whole: t('nav.account'), part: name })}
        loading={leave.isPending}
      >
        {wide ? name : null}
      </Button>
    </Dropdown>
  );
}

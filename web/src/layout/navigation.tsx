import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Grid, Menu, type MenuProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMe } from './profile-context.js';

interface Place {
  readonly path: string;
  readonly label: 'strategies' | 'create' | 'market' | 'registries' | 'users' | 'system' | 'llmCalls' | 'audit';
  readonly who: 'everybody' | 'traders' | 'admins';
}

const PLACES: readonly Place[] = [
  { path: '/strategies', label: 'strategies', who: 'everybody' },
  { path: '/strategies/new', label: 'create', who: 'traders' },
  { path: '/market', label: 'market', who: 'traders' },
  { path: '/admin/registries', label: 'registries', who: 'admins' },
  { path: '/admin/users', label: 'users', who: 'admins' },
  { path: '/admin/system', label: 'system', who: 'admins' },
  { path: '/admin/llm-calls', label: 'llmCalls', who: 'admins' },
  { path: '/admin/audit', label: 'audit', who: 'admins' },
];

/** Navigation: a row on wide screens, a drawer on narrow ones. */
export function Navigation() {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname } = useLocation();
  const wide = Grid.useBreakpoint().lg ?? false;
  const [open, setOpen] = useState(false);
  const may = { everybody: true, traders: me.trades, admins: me.isAdmin };
  const places = PLACES.filter(({ who }) => may[who]);
  const items: MenuProps['items'] = places.map(({ path, label }) => ({
    key: path,
    label: <Link to={path}>{t(`nav.${label}`)}</Link>,
  }));
  // The longest matching prefix: /strategies/new is not /strategies.
  const here = places
    .map(({ path }) => path)
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)
    .slice(0, 1);
  if (wide) {
    return (
      <nav aria-label={t('nav.title')} style={{ flex: 1, minWidth: 0 }}>
        <Menu mode="horizontal" items={items} selectedKeys={here} style={{ borderBottom: 0 }} />
      </nav>
    );
  }
  return (
    <nav aria-label={t('nav.title')} style={{ flex: 1 }}>
      <Button icon={<MenuOutlined />} aria-label={t('nav.title')} onClick={() => setOpen(true)} />
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" title={t('nav.title')} size={280}>
        <Menu mode="inline" items={items} selectedKeys={here} onClick={() => setOpen(false)} />
      </Drawer>
    </nav>
  );
}

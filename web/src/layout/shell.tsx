import { Flex, Layout, Spin, theme } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useProfile } from '../api/queries.js';
import { keepLive } from '../api/stream/live-queries.js';
import { ApiProblem } from '../api/problem.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { AccountMenu } from './account-menu.js';
import { Brand } from './brand.js';
import { Freshness } from './freshness.js';
import { InitialPassword, InitialPasswordHint } from './initial-password.js';
import { ProfileContext, useMe } from './profile-context.js';
import { Navigation } from './navigation.js';
import { useSession } from './use-session.js';
import { ViewMenu } from './view-menu.js';

/** Frame of every page of a signed-in user. */
export function Shell() {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const { pathname, search } = useLocation();
  const session = useSession();
  if (!session.signedIn) {
    if (session.restoring) return <Waiting />;
    if (session.error) return <Failed error={session.error} onRetry={() => void session.retry()} />;
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  const header = {
    position: 'sticky',
    top: 0,
    zIndex: 100,
    background: token.colorBgContainer,
    // A shadow: the menu would cover part of a border.
    boxShadow: `0 1px 0 ${token.colorBorderSecondary}`,
  } as const;
  return (
    <SignedIn>
      <Layout style={{ minHeight: '100vh' }}>
        <a href="#main" className="skip-link">
          {t('nav.skip')}
        </a>
        <Layout.Header style={header}>
          <Flex align="center" gap={8} style={{ maxWidth: 1440, margin: '0 auto' }}>
            <Brand />
            <Navigation />
            <Freshness />
            <ViewMenu />
            <AccountMenu />
          </Flex>
        </Layout.Header>
        <Layout.Content id="main" role="main" tabIndex={-1} style={{ outline: 'none' }}>
          <div style={{ maxWidth: 1440, margin: '0 auto', padding: 16 }}>
            <Hint />
            <Outlet />
          </div>
        </Layout.Content>
      </Layout>
    </SignedIn>
  );
}

/** Waits for the profile, because the pages depend on the role. */
function SignedIn({ children }: { readonly children: React.ReactNode }) {
  const client = useQueryClient();
  const { data, error, refetch } = useProfile();
  const known = data !== undefined;
  // Not before: a user who has to change the password first gets no stream.
  useEffect(() => (known ? keepLive(client) : undefined), [client, known]);
  if (data) return <ProfileContext value={data}>{children}</ProfileContext>;
  if (error instanceof ApiProblem && error.code === 'password_change_required') return <InitialPassword />;
  return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Waiting />;
}

function Hint() {
  return useMe().must_change_password && <InitialPasswordHint />;
}

function Waiting() {
  return (
    <Flex justify="center" align="center" style={{ minHeight: '100vh' }}>
      <Spin size="large" />
    </Flex>
  );
}

function Failed(props: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <div style={{ maxWidth: 560, margin: '15vh auto', padding: 16 }}>
      <ProblemAlert {...props} />
    </div>
  );
}

import { Card, Flex, Layout, Spin } from 'antd';
import { Navigate, Outlet, useSearchParams } from 'react-router';
import { Brand } from './brand.js';
import { nextPlace } from './next-place.js';
import { ViewMenu } from './view-menu.js';
import { useSession } from './use-session.js';

/** Frame of the public pages; redirects signed-in users to their destination. */
export function Visitors() {
  const { signedIn, restoring } = useSession();
  const [search] = useSearchParams();
  if (signedIn) return <Navigate to={nextPlace(search.get('next'), location.origin)} replace />;
  return <VisitorFrame>{restoring ? null : <Outlet />}</VisitorFrame>;
}

/** A card in the middle; a spinner without contents. */
export function VisitorFrame({ children }: { readonly children: React.ReactNode }) {
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Flex justify="space-between" align="center" style={{ padding: 16 }}>
        <Brand />
        <ViewMenu />
      </Flex>
      <Layout.Content>
        <Flex justify="center" style={{ padding: '4vh 16px' }}>
          {children === null ? <Spin size="large" /> : <Card style={{ width: '100%', maxWidth: 420 }}>{children}</Card>}
        </Flex>
      </Layout.Content>
    </Layout>
  );
}

import type { ReactNode } from 'react';
import { useMe } from '../../layout/profile-context.js';
import { Page } from '../../parts/page.js';
import { NotFoundPage } from '../not-found-page.js';

/** A page for administrators; for others it is not there, as the interface says, too. */
export function AdminPage({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { isAdmin } = useMe();
  if (!isAdmin) return <NotFoundPage />;
  return (
    <Page title={title} actions={actions}>
      {children}
    </Page>
  );
}

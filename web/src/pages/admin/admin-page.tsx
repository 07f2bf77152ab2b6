import type { ReactNode } from 'react';
import { useMe } from '../../layout/profile-context.js';
import { Page } from '../../parts/page.js';
import { NotFoundPage } from '../not-found-page.js';

/** A page for administrators; other users get the not-found page. */
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

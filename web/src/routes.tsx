import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { Shell } from './layout/shell.js';
import { Visitors } from './layout/visitors.js';
import { CrashPage } from './pages/crash-page.js';
import { NotFoundPage } from './pages/not-found-page.js';
import { RegisterPage } from './pages/register-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import { StrategiesPage } from './pages/strategies/strategies-page.js';

/** Pages are loaded lazily, except the list of strategies, which is the first page. */
const PAGES: RouteObject[] = [
  { index: true, element: <Navigate to="/strategies" replace /> },
  { path: 'strategies', element: <StrategiesPage /> },
  {
    path: 'strategies/new',
    lazy: async () => ({ Component: (await import('./pages/create/create-page.js')).CreatePage }),
  },
  {
    path: 'strategies/:id',
    lazy: async () => ({ Component: (await import('./pages/detail/detail-page.js')).DetailPage }),
  },
  { path: 'market', lazy: async () => ({ Component: (await import('./pages/market/market-page.js')).MarketPage }) },
  {
    path: 'admin/registries',
    lazy: async () => ({ Component: (await import('./pages/admin/registries-page.js')).RegistriesPage }),
  },
  { path: 'admin/users', lazy: async () => ({ Component: (await import('./pages/admin/users-page.js')).UsersPage }) },
  {
    path: 'admin/system',
    lazy: async () => ({ Component: (await import('./pages/admin/system-page.js')).SystemPage }),
  },
  {
    path: 'admin/llm-calls',
    lazy: async () => ({ Component: (await import('./pages/admin/llm-calls-page.js')).LlmCallsPage }),
  },
  { path: 'admin/audit', lazy: async () => ({ Component: (await import('./pages/admin/audit-page.js')).AuditPage }) },
  { path: 'paper', lazy: async () => ({ Component: (await import('./pages/paper-page.js')).PaperPage }) },
  { path: 'profile', lazy: async () => ({ Component: (await import('./pages/profile-page.js')).ProfilePage }) },
  { path: '*', element: <NotFoundPage /> },
];

export const router = createBrowserRouter([
  {
    element: <Visitors />,
    hydrateFallbackElement: <></>,
    errorElement: <CrashPage />,
    children: [
      { path: '/sign-in', element: <SignInPage /> },
      { path: '/register', element: <RegisterPage /> },
    ],
  },
  { path: '/', element: <Shell />, hydrateFallbackElement: <></>, errorElement: <CrashPage />, children: PAGES },
]);

import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { queryClient } from './api/query-client.js';
import { router } from './routes.js';
import { SettingsProvider } from './settings/settings-context.js';
import { ThemeProvider } from './settings/theme.js';

export function App() {
  return (
    <SettingsProvider>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ThemeProvider>
    </SettingsProvider>
  );
}

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { startTranslations } from './i18n/start.js';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
await startTranslations();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

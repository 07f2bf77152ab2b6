import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Address of a running server, for `npx vite web`: the page is then served with every change at once. */
const SERVER = 'http://127.0.0.1:3000';

/**
 * Ant Design's tables measure the scroll bar with a style that lacks the nonce of the page, which the browser then
 * refuses and reports. @throws when the library has changed, so that nobody believes this still works.
 */
const nonceForMeasuring = {
  name: 'nonce-for-measuring',
  transform(code, id) {
    if (!id.endsWith('@rc-component/util/es/getScrollBarSize.js')) return undefined;
    const mended = code.replace(
      '}`, randomId);',
      `}\`, randomId, { csp: { nonce: document.querySelector('meta[property="csp-nonce"]')?.nonce } });`,
    );
    if (mended === code) throw new Error('getScrollBarSize.js has changed: look whether its style has a nonce now.');
    return { code: mended, map: null };
  },
};

export default {
  plugins: [nonceForMeasuring],
  root: dirname(fileURLToPath(import.meta.url)),
  // The server puts a nonce of its own into each answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    // No file as text in the page: the policy of the page allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // "use client" at the head of libraries is for servers that render: nothing is lost.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: { proxy: { '/api': SERVER } },
};

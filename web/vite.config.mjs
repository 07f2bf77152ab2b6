import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Address of a running server, for `npx vite web`: the page is then served with every change at once. */
const SERVER = 'http://127.0.0.1:3000';

/**
 * Some of Ant Design's styles (what measures the scroll bar, what locks it below a drawer) lack the nonce of the page,
 * and the browser refuses and reports them. This gives it to whichever has none. @throws when the library has
 * changed, so that nobody believes this still works.
 */
const nonceForAllStyles = {
  name: 'nonce-for-all-styles',
  transform: {
    // Looked at by the bundler itself: handing every module over to this script would cost half of the build.
    filter: { id: /@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/ },
    handler(code) {
      const mended = code.replace(
        'if (csp?.nonce) {',
        `styleNode.nonce = document.querySelector('meta[property="csp-nonce"]')?.nonce ?? '';\n  if (csp?.nonce) {`,
      );
      if (mended === code) throw new Error('dynamicCSS.js has changed: look whether all its styles have a nonce now.');
      return { code: mended, map: null };
    },
  },
};

export default {
  plugins: [nonceForAllStyles],
  root: dirname(fileURLToPath(import.meta.url)),
  // The server puts a nonce of its own into each answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    // No file as text in the page: the policy of the page allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // "use client" at the head of libraries is for servers that render: nothing is lost.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: { proxy: { '/api': SERVER } },
};

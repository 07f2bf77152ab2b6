import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Address of a running server, for `npx vite web`: the page is then served with hot reload. */
const SERVER = 'http://127.0.0.1:3000';

/**
 * Some of Ant Design's styles (what measures the scroll bar, what locks it below a drawer) lack the nonce of the page,
 * and the browser refuses and reports them. This adds it. @throws when the library has changed and the patch no longer
 * applies.
 */
const nonceForAllStyles = {
  name: 'nonce-for-all-styles',
  transform: {
    // Filtered by the bundler itself: passing every module to this script would double the build time.
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
  // The server puts a new nonce into each answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    // No inlined files: the policy of the page does not allow them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // "use client" only matters for server rendering.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: { proxy: { '/api': SERVER } },
};

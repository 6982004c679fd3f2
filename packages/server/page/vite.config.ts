import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page is built into the package, next to the server that serves it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // `pnpm inbox` builds nothing but the page.
  resolve: { alias: { '@parley/core': new URL('../../core/src/index.ts', import.meta.url).pathname } },
  // The server replaces it by a new nonce in each answer. `html.cspNonce` puts it on every tag that needs one.
  html: { cspNonce: '%NONCE%' },
  build: { outDir: '../dist/page', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
})

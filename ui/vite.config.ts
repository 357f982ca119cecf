import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { precompress } from './scripts/precompress.ts';

const api = process.env.OTELIER_API ?? 'http://127.0.0.1:4300';

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: '../artifacts/ui',
    emptyOutDir: true,
    target: 'es2023',
    // Nothing becomes a data: URL, so the content security policy needs no exception for it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Swagger UI, which nothing but the API's own page loads.
    chunkSizeWarningLimit: 1600,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': api, '/health': api, '/openapi': api, '/metrics': api },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});

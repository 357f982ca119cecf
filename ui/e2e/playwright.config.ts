import { defineConfig } from '@playwright/test';
import { apiAddress } from './addresses';

/** The real server, filled by the demo; with OTELIER_API (and OTELIER_OTLP) one that runs already. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../artifacts/e2e',
  timeout: 90_000,
  expect: { timeout: 30_000 },
  workers: 1,
  reporter: 'list',
  use: {
    baseURL: apiAddress,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
    permissions: ['clipboard-read', 'clipboard-write'],
  },
  webServer: process.env.OTELIER_API
    ? undefined
    : { command: 'node serve.mjs', url: `${apiAddress}/health/ready`, timeout: 120_000, gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 } },
});

import { defineConfig } from '@playwright/test';

/** End-to-end tests in real Electron. One worker: each test opens a whole app, and they are compared on time. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI === 'true',
  retries: 0,
  reporter: process.env.CI === 'true' ? [['line']] : [['list']],
});

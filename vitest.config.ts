import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/{unit,property,conformance}/**/*.test.ts', 'test/unit/**/*.test.tsx'],
    setupFiles: ['test/harness/seed-properties.ts'],
    // The machine that runs the tests has two cores; more workers only take turns.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

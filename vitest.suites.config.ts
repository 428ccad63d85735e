import { defineConfig } from 'vitest/config';

/** The requirements of a stack as tests: see `suites/stack.suite.ts`. Many rows wait for one run, so all go at once. */
export default defineConfig({
  test: { name: 'suites', include: ['suites/**/*.suite.ts'], maxConcurrency: 1000, hookTimeout: 120_000 },
});

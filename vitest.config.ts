import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'quick',
          include: ['{bench,cli,helpers,reports,schemas,stack,suites}/**/*.test.ts'],
          exclude: ['**/*.engine.test.ts', '**/*.stack.test.ts', 'node_modules/**'],
        },
      },
      {
        // Real engines as processes of the test: slower, one file at a time, since two cores serve them all.
        test: {
          name: 'engines',
          include: ['{cli,helpers,stack,suites}/**/*.engine.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Whole stacks through the command line, as a user has them.
        test: {
          name: 'stacks',
          include: ['{cli,stack,suites}/**/*.stack.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

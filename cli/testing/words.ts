import { expect } from 'vitest';
import type { CliResult } from './run-cli.ts';

/** No stack trace, no "fault of Telltale", nothing left behind. */
export function expectTidy(run: CliResult): void {
  const said = run.stdout + run.stderr;
  expect(said).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(said).not.toMatch(/fault of Telltale|node:internal|UnhandledPromise|EPIPE/);
  expect(run.left).toEqual([]);
}

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installEngine } from '../stack/engines/store/install-engine.ts';
import { explain } from './errors.ts';

/**
 * `npm test`: brings the engines that any machine can have, then lints, type-checks and runs all tests. Words after
 * `--` go to vitest.
 */
const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

/** What the tests on real engines need; those of engines that no registry has say `skipped` where they are not found. */
const NEEDED = [
  ['prometheus', '3.16.0'],
  ['alertmanager', '0.31.1'],
  ['otelcol', '0.161.0'],
  ['loki', '3.7.8'],
] as const;

try {
  for (const [engine, version] of NEEDED) {
    const { path } = await installEngine(engine, version, {
      progress: (message) => console.log(`${engine} ${version}: ${message}`),
    });
    console.log(`${engine} ${version}: ${path}`);
  }
} catch (error) {
  const { text, code } = explain(error);
  console.error(text);
  process.exit(code);
}

const words = process.argv.slice(2);
/** For CI: a file that takes the one line `N passed, N failed, N skipped`. */
const summary = process.env.TELLTALE_TEST_SUMMARY;
const jsonFile = join(tmpdir(), `telltale-tests-${process.pid}.json`);
const steps: [string, string[]][] = [
  ...(words.length > 0
    ? []
    : ([
        [bin('biome'), ['check', '--error-on-warnings', '.']],
        [bin('tsc'), ['--noEmit']],
      ] as [string, string[]][])),
  [
    bin('vitest'),
    ['run', ...words, ...(summary ? ['--reporter=default', '--reporter=json', `--outputFile.json=${jsonFile}`] : [])],
  ],
];
let failed = 0;
for (const [program, args] of steps) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed = status ?? 1;
}
if (summary) writeFileSync(summary, `${countsOf(jsonFile, failed)}\n`);
process.exitCode = failed;

/** Lint and types count as one failed test, so that the line never says less than the exit code. */
function countsOf(file: string, code: number): string {
  let report: { numPassedTests?: number; numFailedTests?: number; numPendingTests?: number; numTodoTests?: number } =
    {};
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
  } catch {
    // vitest did not get to write it: the failure below says so.
  }
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report;
  const failures = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
  return `${numPassedTests} passed, ${failures} failed, ${numPendingTests + numTodoTests} skipped`;
}

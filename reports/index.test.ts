import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  apply,
  createModel,
  createReporter,
  DuplicateRowError,
  readEventsFile,
  readResultsFile,
  toResults,
} from './index.ts';
import { sampleResults } from './testing/sample-results.ts';
import { sampleRun } from './testing/sample-run.ts';

let out = '';
beforeEach(() => {
  out = join(mkdtempSync(join(tmpdir(), 'telltale-reports-')), 'report');
});
afterEach(() => rmSync(join(out, '..'), { recursive: true, force: true }));

async function report(options: Partial<Parameters<typeof createReporter>[0]> = {}, events = sampleRun()) {
  const said: string[] = [];
  const reporter = createReporter({
    out,
    write: (text) => said.push(text),
    tty: false,
    columns: 80,
    env: {},
    ...options,
  });
  for (const event of events) reporter.onEvent(event);
  const finished = await reporter.finish();
  return { ...finished, reporter, said: said.join('') };
}

it('writes every rendering, tells of each, and ends in one line', async () => {
  const { files, said, results, problems, conclusion } = await report();
  const names = [
    'ctrf.json',
    'events.ndjson',
    'index.html',
    'junit.xml',
    'results.json',
    'summary.md',
    'telltale.sarif',
  ];
  expect(readdirSync(out)).toEqual(names);
  expect(files.toSorted()).toEqual(names.map((name) => join(out, name)));
  expect(problems).toEqual([]);
  expect(results).toEqual(sampleResults());
  expect(readResultsFile(join(out, 'results.json'))).toEqual(results);
  expect(toResults(readEventsFile(join(out, 'events.ndjson')).events.reduce(apply, createModel()))).toEqual(results);
  expect(said.trimEnd().split('\n').at(-1)).toBe('BROKEN  2 promises are not kept');
  expect(conclusion.exitCode).toBe(1);
});

it('writes each event before it answers', () => {
  const reporter = createReporter({ out, write: undefined });
  for (const [i, event] of sampleRun().entries()) {
    reporter.onEvent(event);
    expect(readFileSync(join(out, 'events.ndjson'), 'utf8').match(/\n/g)).toHaveLength(i + 1);
  }
});

it('never lets the results of an earlier run stand for one that dies', async () => {
  await report();
  createReporter({ out, write: undefined });
  expect(existsSync(join(out, 'results.json'))).toBe(false);
  expect(existsSync(join(out, 'junit.xml'))).toBe(false);
  expect(readResultsFile(join(out, 'results.previous.json'))).toEqual(sampleResults());
});

it('two runs at once do not write into each other', async () => {
  const first = createReporter({ out, write: undefined });
  await report();
  for (const event of sampleRun({ cutShort: 'crashed' })) first.onEvent(event);
  expect(readEventsFile(join(out, 'events.ndjson')).events).toEqual(sampleRun());
});

it('is quiet, or silent', async () => {
  const quiet = await report({ quiet: true });
  expect(quiet.said).toMatch(/^FAIL {2}PROMQL-RATE-03/);
  expect(quiet.said).not.toContain('readiness');
  const { said } = await report({ write: undefined });
  expect(said).toBe('');
});

it('finishes once', async () => {
  const { reporter, results } = await report();
  expect((await reporter.finish()).results).toBe(results);
});

it('appends to the step summary', async () => {
  mkdirSync(out);
  const stepSummary = join(out, '..', 'step.md');
  writeFileSync(stepSummary, 'before\n');
  await report({ stepSummary, formats: ['json'] });
  expect(readFileSync(stepSummary, 'utf8')).toMatch(/^before\n## ❌ Telltale: shop\n/);
  expect(readdirSync(out).toSorted()).toEqual(['events.ndjson', 'results.json']);
});

it('says when a reader would miss something', async () => {
  const missing = await report({ stepSummary: join(out, 'none', 'step.md') }, sampleRun({ healthy: true }));
  expect(missing.problems[0]).toMatch(/^the step summary .*step\.md was not written: there is no such file$/);
  expect(missing.conclusion).toMatchObject({ kind: 'unproved', exitCode: 3 });
});

it('refuses a second verdict for one row at once', () => {
  const reporter = createReporter({ out, write: undefined });
  const [row] = sampleRun().filter((event) => event.type === 'row');
  if (row === undefined) throw new Error('the sample has rows');
  reporter.onEvent(row);
  expect(() => reporter.onEvent(row)).toThrow(DuplicateRowError);
});

it('says at the start when the directory cannot be used', () => {
  mkdirSync(join(out, '..'), { recursive: true });
  writeFileSync(out, '');
  expect(() => createReporter({ out, write: undefined })).toThrow(
    /the directory .*report cannot be written to: a file of that name is in the way/,
  );
});

import { expect, it } from 'vitest';
import { rowKeyOf } from '../schemas/results.ts';
import { validateBlockedChains } from './blocked-chains.ts';
import { validateResults } from './contract.ts';
import { resultsWith, rowWith, sampleResults } from './testing/sample-results.ts';

const blocked = (id: string, blockedBy: string | undefined, subject = 's') =>
  rowWith({ id, subject, verdict: 'blocked', message: 'm', ...(blockedBy === undefined ? {} : { blockedBy }) });
const problems = (...rows: Parameters<typeof resultsWith>[0]) => validateBlockedChains(resultsWith(rows));

it('follows the sample run to the engine that cannot be had', () => {
  expect(validateResults(sampleResults())).toEqual([]);
});

it.each(['fail', 'error'] as const)('takes a chain that ends in a %s, over any number of rows', (verdict) => {
  const cause = rowWith({ id: 'CAUSE', subject: 's', verdict, message: 'm' });
  expect(problems(blocked('A', 'B'), blocked('B', 'C s'), blocked('C', rowKeyOf(cause)), cause)).toEqual([]);
});

it.each(['tempo', 'tracestore', 'tempo@3.1.0', 'tempo 3.1.0'])('takes a missing engine named %s', (name) => {
  expect(problems(blocked('A', name))).toEqual([]);
});

it.each(['pass', 'warn', 'unsupported', 'not-applicable', 'not-run'] as const)(
  'refuses a chain that ends in %s',
  (verdict) => {
    expect(problems(blocked('A', 'B'), rowWith({ id: 'B', subject: 's', verdict, message: 'm' }))).toHaveLength(1);
  },
);

it.each([
  [
    'an engine that is there',
    blocked('A', 'prometheus'),
    /“prometheus” is neither a row of this run nor an engine that is missing/,
  ],
  ['something unknown', blocked('A', 'the weather'), /“the weather” is neither/],
  ['nothing', blocked('A', undefined), /does not say by what/],
  ['itself', blocked('A', 'A'), /comes back to A s/],
])('refuses a row that is blocked by %s', (_, row, sentence) => {
  const [problem] = problems(row);
  expect(problem).toMatch(/^A s is blocked, but /);
  expect(problem).toMatch(sentence);
});

it('prefers the row of the same subject, and takes another where it has to', () => {
  const elsewhere = rowWith({ id: 'B', subject: 'other', verdict: 'fail', message: 'm' });
  expect(problems(blocked('A', 'B'), rowWith({ id: 'B', subject: 's' }), elsewhere)).toEqual([]);
});

it('does not let a circle elsewhere spoil a row that has a way out', () => {
  const way = rowWith({ id: 'C', subject: 's', verdict: 'fail', message: 'm' });
  const rows = [blocked('A', 'X', 's'), blocked('X', 'A', 's'), blocked('X', 'C', 't'), way];
  expect(problems(...rows)).toEqual([]);
});

it('takes a row that was not reached where the run ended early', () => {
  const early = sampleResults({ cutShort: 'interrupted' });
  const rows = [blocked('A', 'B'), rowWith({ id: 'B', subject: 's', verdict: 'not-run', message: 'm' })];
  expect(validateBlockedChains(resultsWith(rows, early))).toEqual([]);
});

it('asks every verdict but pass for its reason', () => {
  expect(validateResults(resultsWith([rowWith({ verdict: 'fail' })]))).toEqual([
    'X-01 logstore is fail and does not say why',
  ]);
});

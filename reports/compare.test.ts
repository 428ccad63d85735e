import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VERDICTS, type Verdict } from '../schemas/results.ts';
import { type Change, compareResults } from './compare.ts';
import { rows } from './testing/arbitrary-rows.ts';
import { resultsWith, rowWith, sampleResults } from './testing/sample-results.ts';

const one = (verdict: Verdict | undefined) =>
  resultsWith([rowWith({ id: 'ANCHOR' }), ...(verdict === undefined ? [] : [rowWith({ verdict, message: 'm' })])]);

function changed(before: Verdict | undefined, after: Verdict | undefined) {
  const comparison = compareResults(one(before), one(after));
  const row = comparison.rows.find((at) => (at.after ?? at.before)?.id === 'X-01');
  return [row?.change, comparison.gate.open ? 'open' : 'closed'];
}

it.each<[Verdict | undefined, Verdict | undefined, Change, 'open' | 'closed']>([
  ['pass', 'pass', 'UNCHANGED', 'open'],
  ['pass', 'fail', 'REGRESSED', 'closed'],
  ['pass', 'warn', 'REGRESSED', 'closed'],
  ['pass', 'error', 'REGRESSED', 'closed'],
  ['pass', 'blocked', 'REGRESSED', 'closed'],
  ['pass', 'unsupported', 'REGRESSED', 'closed'],
  ['pass', 'not-applicable', 'VANISHED', 'closed'],
  ['pass', undefined, 'VANISHED', 'closed'],
  ['pass', 'not-run', 'NOT-COMPARED', 'open'],
  ['not-run', 'fail', 'NOT-COMPARED', 'open'],
  ['warn', 'fail', 'REGRESSED', 'closed'],
  ['fail', 'fail', 'UNCHANGED', 'open'],
  ['fail', 'pass', 'FIXED', 'open'],
  ['blocked', 'pass', 'FIXED', 'open'],
  ['fail', undefined, 'VANISHED', 'open'],
  ['blocked', 'fail', 'NEW-FAILING', 'closed'],
  [undefined, 'fail', 'NEW-FAILING', 'closed'],
  [undefined, 'warn', 'NEW-FAILING', 'open'],
  [undefined, 'blocked', 'NEW-FAILING', 'closed'],
  [undefined, 'pass', 'NEW-PASSING', 'open'],
  ['not-applicable', 'pass', 'NEW-PASSING', 'open'],
  ['unsupported', 'fail', 'NEW-FAILING', 'closed'],
  ['not-applicable', undefined, 'UNCHANGED', 'open'],
])('%s, then %s: %s, gate %s', (before, after, change, gate) => {
  expect(changed(before, after)).toEqual([change, gate]);
});

it('never lets a promise that was kept and is not kept now through', () => {
  const open = VERDICTS.filter((after) => changed('pass', after)[1] === 'open');
  expect(open).toEqual(['pass', 'not-run']);
});

it('closes the gate on a run that is empty or incomplete', () => {
  expect(compareResults(one('pass'), resultsWith([])).gate.reasons).toContain('the new run proves nothing');
  const cut = sampleResults({ healthy: true, cutShort: 'crashed' });
  expect(compareResults(sampleResults({ healthy: true }), cut).gate.reasons).toEqual(['the new run is incomplete']);
});

it('opens what may be opened', () => {
  const vanished = compareResults(one('pass'), one(undefined), { allowVanished: true });
  expect(vanished.gate.open).toBe(true);
  expect(compareResults(one(undefined), one('warn'), { strict: true }).gate.open).toBe(false);
  expect(compareResults(one(undefined), one('blocked'), { allowBlocked: true }).gate.open).toBe(true);
});

it('finds a run equal to itself, and counts each row of both once', () => {
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const same = compareResults(resultsWith(a), resultsWith(a));
      expect(same.rows.filter(({ change }) => change !== 'UNCHANGED' && change !== 'NOT-COMPARED')).toEqual([]);
      const { counts, rows: changes } = compareResults(resultsWith(a), resultsWith(b));
      expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(changes.length);
      expect(changes.filter(({ before }) => before !== undefined)).toHaveLength(a.length);
      expect(changes.filter(({ after }) => after !== undefined)).toHaveLength(b.length);
    }),
    { numRuns: 50 },
  );
});

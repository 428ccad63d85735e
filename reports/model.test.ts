import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../schemas/results.ts';
import { apply, createModel, DuplicateRowError, toResults } from './model.ts';
import { rowWith, sampleResults } from './testing/sample-results.ts';
import { sampleRun } from './testing/sample-run.ts';
import { totalOf } from './verdicts.ts';

const at = '2026-11-22T12:00:00.000Z';
const rowEvent = (changes: Parameters<typeof rowWith>[0]): RunEvent => ({ type: 'row', at, row: rowWith(changes) });

describe('a completed run', () => {
  it('counts every row once', () => {
    const { summary, results, run } = sampleResults();
    expect(summary).toEqual({
      pass: 72,
      fail: 2,
      warn: 1,
      error: 1,
      notApplicable: 1,
      unsupported: 1,
      blocked: 5,
      notRun: 1,
    });
    expect(totalOf(summary)).toBe(results.length);
    expect(run.outcome).toBe('completed');
    expect(run.incomplete).toBeUndefined();
  });

  it('keeps the order of the plan whatever order the verdicts come in', () => {
    const events = sampleRun();
    const shuffled = [
      ...events.filter(({ type }) => type !== 'row'),
      ...events.filter(({ type }) => type === 'row').toReversed(),
    ];
    expect(toResults(shuffled.reduce(apply, createModel())).results).toEqual(sampleResults().results);
  });

  it('makes a planned row without a verdict an error, since nobody looked', () => {
    const events = sampleRun().filter((event) => event.type !== 'row' || event.row.id !== 'LOKI-RETENTION-01');
    const lost = toResults(events.reduce(apply, createModel())).results.find((row) => row.id === 'LOKI-RETENTION-01');
    expect(lost?.verdict).toBe('error');
    expect(lost?.message).toContain('a fault of Telltale');
  });
});

describe('a run that ended early', () => {
  it.each([
    ['interrupted', 'Not reached: the run was interrupted in the phase “check” (checking 84 rows): Ctrl-C.'],
    ['failed', 'Not reached: the run could not be finished in the phase “check” (checking 84 rows): the disk is full.'],
    [
      'crashed',
      'Not reached: the run ended without a word in the phase “check” (checking 84 rows), as after a crash or kill -9; its last event is of 2026-11-22T12:00:04.118Z.',
    ],
  ] as const)('%s: says why in every row that was not reached', (cutShort, message) => {
    const results = sampleResults({ cutShort });
    const notReached = results.results.slice(67);
    expect(notReached.map((row) => [row.verdict, row.message])).toEqual(notReached.map(() => ['not-run', message]));
    expect(notReached).toHaveLength(17);
    expect(results.run).toMatchObject({ incomplete: true, outcome: cutShort });
    expect(results.notes.at(-1)).toMatch(/^This run is incomplete: /);
  });

  it('has a time even when nothing says that it ended', () => {
    expect(sampleResults({ cutShort: 'crashed' }).run.durationMs).toBe(4118);
  });

  it('is still a result when not even its start was written', () => {
    expect(toResults(createModel())).toMatchObject({ run: { id: 'unknown', outcome: 'crashed' }, results: [] });
  });
});

describe('uniqueness of (id, subject, column)', () => {
  it('refuses a second verdict and names both', () => {
    const model = apply(createModel(), rowEvent({ title: 'one', verdict: 'pass' }));
    const second = () => apply(model, rowEvent({ title: 'two', verdict: 'fail', message: 'broken' }));
    expect(second).toThrow(DuplicateRowError);
    expect(second).toThrow(/X-01 logstore was given two verdicts, pass \(“one”.*and fail \(“two”: broken\)/);
  });

  it('refuses a second plan', () => {
    const planned = rowWith({ title: 'one' });
    const event: RunEvent = { type: 'rows-planned', at, rows: [planned, { ...planned, title: 'two' }] };
    expect(() => apply(createModel(), event)).toThrow(
      /X-01 logstore was planned twice, as “one” \(config\) and as “two”/,
    );
  });

  it('does not take (a b, c) for (a, b c)', () => {
    const model = apply(createModel(), rowEvent({ subject: 'a b', column: 'c' }));
    apply(model, rowEvent({ subject: 'a', column: 'b c' }));
    expect(toResults(model).results).toHaveLength(2);
  });
});

import type { ResultRow, Results } from '../../schemas/results.ts';
import { apply, createModel, summarise, toResults } from '../model.ts';
import { type SampleOptions, sampleRun } from './sample-run.ts';

/** The results that the sample run comes to. */
export function sampleResults(options: SampleOptions = {}): Results {
  return toResults(sampleRun(options).reduce(apply, createModel()));
}

/** A completed run with just these rows. */
export function resultsWith(rows: readonly ResultRow[], from: Results = sampleResults()): Results {
  return { ...from, summary: summarise(rows), results: rows };
}

export function rowWith(changes: Partial<ResultRow>): ResultRow {
  return {
    id: 'X-01',
    subject: 'logstore',
    column: '',
    area: 'config',
    level: 'MUST',
    title: 'a title',
    verdict: 'pass',
    durationMs: 1,
    message: '',
    because: 'a reason',
    evidence: [],
    ...changes,
  };
}

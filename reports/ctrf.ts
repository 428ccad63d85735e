import type { ResultRow, Results, Verdict } from '../schemas/results.ts';
import { excerpt } from './plain-text.ts';
import { rowText } from './row-text.ts';
import { totalOf } from './verdicts.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

const STATUS: Readonly<Record<Verdict, Status>> = {
  pass: 'passed',
  fail: 'failed',
  error: 'failed',
  warn: 'other',
  blocked: 'other',
  unsupported: 'skipped',
  'not-applicable': 'skipped',
  'not-run': 'pending',
};

/** Common Test Report Format (ctrf.io): one test a row; our verdict stands in `rawStatus`. */
export function renderCtrf(results: Results): string {
  const { run, summary } = results;
  const start = Date.parse(run.startedAt) || 0;
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    runId: run.id,
    generatedBy: `telltale ${run.telltale}`,
    results: {
      tool: { name: 'telltale', version: run.telltale },
      summary: {
        tests: totalOf(summary),
        passed: summary.pass,
        failed: summary.fail + summary.error,
        pending: summary.notRun,
        skipped: summary.unsupported + summary.notApplicable,
        other: summary.warn + summary.blocked,
        start: Math.round(start),
        stop: Math.round(start + run.durationMs),
      },
      tests: results.results.map(testOf),
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function testOf(row: ResultRow) {
  const where = [row.subject, row.column].filter((part) => part !== '').join(' ');
  return {
    name: `${row.id} ${row.title} [${where}]`,
    status: STATUS[row.verdict],
    rawStatus: row.verdict,
    duration: Math.round(row.durationMs),
    suite: ['telltale', row.area === '' ? 'other' : row.area],
    tags: [row.level],
    ...(row.message === '' ? {} : { message: excerpt(row.message, 2000) }),
    ...(row.verdict === 'fail' || row.verdict === 'error' ? { trace: rowText(row) } : {}),
    extra: { id: row.id, subject: row.subject, column: row.column, remedy: row.remedy },
  };
}

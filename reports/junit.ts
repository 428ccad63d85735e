import type { ResultRow, Results } from '../schemas/results.ts';
import { matrixOf } from './matrix.ts';
import { excerpt } from './plain-text.ts';
import { rowText } from './row-text.ts';
import { STYLES, totalOf } from './verdicts.ts';

/**
 * JUnit XML as GitLab, Jenkins and the GitHub actions read it: one suite an area, one case a row.
 * fail is a failure, error an error; what has no answer is skipped, with the reason; a warn passes and says so in
 * system-out, since no reader of JUnit knows a word between.
 */
export function renderJUnit(results: Results): string {
  const { run, summary } = results;
  const suites = matrixOf(results.results).map((area) => {
    const rows = results.results.filter((row) => row.area === area.area);
    const { fail, error } = area.summary;
    return [
      `  <testsuite${attributes({
        name: `telltale.${area.area}`,
        tests: rows.length,
        failures: fail,
        errors: error,
        skipped: skipped(area.summary),
        time: time(rows.reduce((sum, row) => sum + row.durationMs, 0)),
        timestamp: run.startedAt.replace(/(\.\d+)?Z$/, ''),
        hostname: 'localhost',
      })}>`,
      ...rows.map(testCase),
      '  </testsuite>',
    ].join('\n');
  });
  const head = `<testsuites${attributes({
    name: `telltale ${run.stack}`,
    tests: totalOf(summary),
    failures: summary.fail,
    errors: summary.error,
    skipped: skipped(summary),
    time: time(run.durationMs),
  })}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${[head, ...suites, '</testsuites>'].join('\n')}\n`;
}

function skipped(summary: Results['summary']): number {
  return summary.blocked + summary.unsupported + summary.notApplicable + summary.notRun;
}

function testCase(row: ResultRow): string {
  const where = [row.subject, row.column].filter((part) => part !== '').join(' ');
  const head = `    <testcase${attributes({
    classname: `telltale.${row.area}.${row.subject.replaceAll('.', '_')}`,
    name: `${row.id} ${row.title} [${where}]`,
    time: time(row.durationMs),
  })}`;
  const body = content(row);
  return body === '' ? `${head}/>` : `${head}>\n      ${body}\n    </testcase>`;
}

function content(row: ResultRow): string {
  const message = excerpt(row.message, 1000);
  switch (row.verdict) {
    case 'pass':
      return '';
    case 'fail':
      return `<failure${attributes({ message, type: row.level })}>${text(rowText(row))}</failure>`;
    case 'error':
      return `<error${attributes({ message, type: 'telltale' })}>${text(rowText(row))}</error>`;
    case 'warn':
      return `<system-out>${text(`warn (${row.level}): ${rowText(row)}`)}</system-out>`;
    default:
      return `<skipped${attributes({ message: `${STYLES[row.verdict].word}: ${message}` })}/>`;
  }
}

function time(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}

/** Characters that XML 1.0 (2.2 Characters) has no way to write are shown as `\x1b`. */
function text(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\n\t\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    })
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import { formatPosition } from '../position.ts';
import type { CheckReport, Problem } from './check-stack.ts';

/** The report as lines of plain text. */
export function renderCheck(report: CheckReport): string {
  const lines: string[] = [];
  for (const problem of report.problems) lines.push(...renderProblem(problem), '');
  for (const { service, command, verdict, words } of report.validators ?? []) {
    lines.push(`${verdict.padEnd(9)} ${service}: ${command}`);
    if (verdict !== 'accepted') lines.push(...indent(words));
  }
  if (report.validators !== undefined && report.validators.length > 0) lines.push('');
  lines.push(summary(report));
  const { notCovered } = report;
  if (notCovered.length > 0) {
    lines.push(`Not covered: ${notCovered.map(({ service, why }) => `${service} (${why})`).join('; ')}.`);
  }
  return `${lines.join('\n')}\n`;
}

function renderProblem({ id, severity, service, at, message, remedy, promised, also }: Problem): string[] {
  const place = at === undefined ? '' : `${formatPosition(at)}: `;
  const promise =
    promised === undefined
      ? []
      : [
          `promised: ${promised.says} (${promised.by}${promised.at === undefined ? '' : `, ${formatPosition(promised.at)}`})`,
        ];
  return [
    `${place}${severity}: ${message}`,
    ...indent([...promise, `remedy: ${remedy}`].join('\n')),
    ...(also.length === 0 ? [] : indent(`breaks too: ${also.join(', ')}`)),
    ...indent(`[${id}${service === undefined || id.includes(service) ? '' : `, ${service}`}]`),
  ];
}

function summary({ stack, covered, promises, problems }: CheckReport): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  const state = problems.length === 0 ? 'nothing wrong' : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return `${stack}: ${state}; ${count(promises.open + promises.broken, 'promise')} (${promises.broken} broken) of ${count(covered.length, 'engine')}: ${covered
    .map(({ service, engine, version }) => `${service} ${engine}${version === undefined ? '' : ` ${version}`}`)
    .join(', ')}.`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function indent(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`));
}

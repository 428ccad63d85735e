import type { Evidence, ResultRow } from '../schemas/results.ts';
import { excerpt } from './plain-text.ts';

/** A row in full as labelled lines of plain text, for reports that know no layout. Not escaped. */
export function rowText(row: ResultRow, most = 2000): string {
  const parts: [string, string | undefined][] = [
    ['', row.message],
    ['promised', row.promised],
    ['expected', row.expected],
    ['got', row.got],
    ['blocked by', row.blockedBy],
    ...row.evidence.flatMap((evidence): [string, string | undefined][] => [
      [askedLabel(evidence), evidence.asked],
      ['answer', answerOf(evidence)],
    ]),
    ['because', row.because],
    ['remedy', row.remedy],
    ['see', row.source],
  ];
  return parts
    .filter(([, text]) => text !== undefined && text !== '')
    .map(([label, text = '']) => `${label === '' ? '' : `${label}: `}${excerpt(text, most)}`)
    .join('\n');
}

/** A command is `asked`; a log line or a state is named for what it is. */
export function askedLabel(evidence: Evidence): string {
  return ['http', 'grpc', 'command'].includes(evidence.kind) ? 'asked' : evidence.kind;
}

export function answerOf({ status, answer }: Evidence): string | undefined {
  const parts = [status, answer].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : parts.join('\n');
}

import type { ResultRow } from '../../schemas/results.ts';
import { excerpt, seconds } from '../plain-text.ts';
import { answerOf, askedLabel } from '../row-text.ts';
import { STYLES } from '../verdicts.ts';
import { escapeHtml, link } from './escape.ts';

const MOST_TEXT = 20_000;

/** One row in full, folded away unless it is open; the matrix links to it by its number. */
export function rowCard(row: ResultRow, number: number, open: boolean): string {
  const { symbol, word } = STYLES[row.verdict];
  const where = [row.subject, row.column].filter((part) => part !== '').map(escapeHtml);
  return `<details class="card v-${row.verdict}" id="row-${number}" data-verdict="${row.verdict}" data-level="${row.level}"${open ? ' open' : ''}>
<summary><span class="badge"><span aria-hidden="true">${symbol}</span> ${word}</span> <code>${escapeHtml(row.id)}</code> <span class="where">${where.join(' · ')}</span> <span class="title">${escapeHtml(row.title)}</span></summary>
<div class="body">${row.message === '' ? '' : `<p class="message">${escapeHtml(row.message)}</p>`}
<dl>${facts(row)}</dl>
</div></details>`;
}

function facts(row: ResultRow): string {
  const plain = (text: string | undefined) =>
    text === undefined || text === '' ? '' : escapeHtml(excerpt(text, MOST_TEXT));
  const fixed = (text: string | undefined) => (plain(text) === '' ? '' : `<pre tabindex="0">${plain(text)}</pre>`);
  const entries: [string, string][] = [
    ['promised', plain(row.promised)],
    ['expected', fixed(row.expected)],
    ['got', fixed(row.got)],
    ['blocked by', plain(row.blockedBy)],
    ...row.evidence.flatMap((evidence): [string, string][] => [
      [askedLabel(evidence), fixed(evidence.asked)],
      ['answer', fixed(answerOf(evidence))],
      ['at', plain(evidence.at)],
    ]),
    ['remedy', plain(row.remedy)],
    ['because', plain(row.because)],
    ['level', `${row.level}, area ${escapeHtml(row.area)}, took ${seconds(row.durationMs)}`],
    ['see', row.source === undefined ? '' : link(row.source)],
  ];
  return entries
    .filter(([, html]) => html !== '')
    .map(([label, html]) => `<dt>${label}</dt><dd>${html}</dd>`)
    .join('\n');
}

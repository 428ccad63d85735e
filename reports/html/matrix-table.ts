import type { ResultRow } from '../../schemas/results.ts';
import { groupBy } from '../group-by.ts';
import type { AreaMatrix } from '../matrix.ts';
import { excerpt } from '../plain-text.ts';
import { STYLES } from '../verdicts.ts';
import { escapeHtml } from './escape.ts';

/** One area as a table; every cell is a link to its row and says its verdict in a word. */
export function matrixTable(area: AreaMatrix, numberOf: (row: ResultRow) => number): string {
  const counts = Object.values(STYLES)
    .filter(({ count }) => area.summary[count] > 0)
    .map(({ word, count }) => `${area.summary[count]} ${word}`);
  const name = escapeHtml(area.area);
  const subjects = [...groupBy(area.columns, (column) => column.subject)];
  const deep = area.columns.some(({ column }) => column !== '');
  const head = subjects
    .map(([subject, of]) => `<th scope="colgroup" colspan="${of.length}">${escapeHtml(subject)}</th>`)
    .join('');
  const columns = area.columns.map(({ column }) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = area.lines.map(
    (line) =>
      `<tr><th scope="row"><code>${escapeHtml(line.id)}</code> <span class="level">${line.level}</span><span class="title">${escapeHtml(line.title)}</span></th>${line.cells.map((cell) => cellOf(cell, numberOf)).join('')}</tr>`,
  );
  return `<section class="area" aria-labelledby="area-${name}"><h3 id="area-${name}">${name} <small>${counts.join(', ')}</small></h3>
<div class="scroll" role="region" aria-label="Matrix of ${name}" tabindex="0"><table>
<thead><tr><th scope="col"${deep ? ' rowspan="2"' : ''}>requirement</th>${head}</tr>${deep ? `<tr>${columns}</tr>` : ''}</thead>
<tbody>${body.join('\n')}</tbody></table></div></section>`;
}

function cellOf(cell: ResultRow | undefined, numberOf: (row: ResultRow) => number): string {
  if (cell === undefined) return '<td class="none">not asked</td>';
  const { symbol, word } = STYLES[cell.verdict];
  const hint = cell.message === '' ? '' : ` title="${escapeHtml(excerpt(cell.message, 300))}"`;
  return `<td><a class="cell v-${cell.verdict}" href="#row-${numberOf(cell)}"${hint}><span aria-hidden="true">${symbol}</span> ${word}</a></td>`;
}

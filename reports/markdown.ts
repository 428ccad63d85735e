import type { ResultRow, Results } from '../schemas/results.ts';
import { type Conclusion, conclude } from './conclusion.ts';
import { type AreaMatrix, matrixOf } from './matrix.ts';
import { excerpt, plainLine, plainText, seconds } from './plain-text.ts';
import { answerOf, askedLabel } from './row-text.ts';
import { IN_FULL, STYLES, totalOf } from './verdicts.ts';

/** GitHub drops a step summary of more than 1,024 KiB whole, and counts all steps' bytes: some room stays free. */
export const STEP_SUMMARY_BYTES = 1000 * 1024;

export interface MarkdownOptions {
  /** Bytes of UTF-8 that the page may have; 65,000 for a comment on a pull request. */
  readonly mostBytes?: number;
  readonly conclusion?: Conclusion;
}

/** The page as GitHub-flavoured Markdown: verdict, counts, what is not kept in full, the matrix, engines, notes. */
export function renderMarkdown(results: Results, options: MarkdownOptions = {}): string {
  const page = new Page(options.mostBytes ?? STEP_SUMMARY_BYTES);
  const conclusion = options.conclusion ?? conclude(results);
  page.add(headline(results, conclusion));
  for (const verdict of IN_FULL) {
    const rows = results.results.filter((row) => row.verdict === verdict);
    if (rows.length === 0) continue;
    page.add(`### ${STYLES[verdict].word} (${rows.length})\n\n`);
    for (const row of rows) page.add(rowInFull(row));
  }
  const areas = matrixOf(results.results);
  if (areas.length > 0) page.add('### Matrix\n\n');
  for (const area of areas) addArea(page, area);
  if (results.engines.length > 0) {
    page.add('### Engines\n\n| service | engine | version | role | source |\n|---|---|---|---|---|\n');
    for (const { service, engine, version, role, source, asked } of results.engines) {
      const ran = asked !== undefined && asked !== version ? `${version} (asked: ${asked})` : version;
      page.add(`| ${[service, engine, ran, role, source].map(inline).join(' | ')} |\n`);
    }
  }
  if (results.notes.length > 0) page.add(`\n### Notes\n\n`);
  for (const note of results.notes) page.add(`- ${inline(note)}\n`);
  return page.finish();
}

/** Collects whole blocks while they fit; after the first that does not, only counts. */
class Page {
  readonly #most: number;
  readonly #blocks: string[] = [];
  #bytes = 0;
  #left = 0;

  constructor(most: number) {
    // Room for the sentence about the cut, and for the tail of the group that it goes through.
    this.#most = most - 300;
  }

  add(block: string): void {
    const bytes = Buffer.byteLength(block);
    if (this.#left > 0 || this.#bytes + bytes > this.#most) {
      this.#left += 1;
      return;
    }
    this.#bytes += bytes;
    this.#blocks.push(block);
  }

  /** Blocks between a head and a tail that belong together: where some are left out, the tail still comes. */
  addGroup(head: string, blocks: readonly string[], tail: string): void {
    if (this.#left > 0 || this.#bytes + Buffer.byteLength(head) > this.#most) {
      this.#left += 1 + blocks.length;
      return;
    }
    this.add(head);
    for (const block of blocks) this.add(block);
    this.#bytes += Buffer.byteLength(tail);
    this.#blocks.push(tail);
  }

  finish(): string {
    const cut = `\n\n**This page is cut here:** ${this.#left} more entries did not fit. results.json and index.html have all of them.\n`;
    return this.#blocks.join('') + (this.#left > 0 ? cut : '');
  }
}

function headline({ run, summary }: Results, { kind, sentence }: Conclusion): string {
  const mark = { kept: '✅', broken: '❌', unproved: '⚠️', interrupted: '⚠️' }[kind];
  const styles = Object.values(STYLES);
  const ratio =
    run.criticalPathMs > 0
      ? `, ${(run.durationMs / run.criticalPathMs).toFixed(2)} × the critical path of ${seconds(run.criticalPathMs)}`
      : '';
  return [
    `## ${mark} Telltale: ${inline(run.stack)}`,
    '',
    `**${kind.toUpperCase()}**: ${inline(sentence)}`,
    '',
    `| rows | ${styles.map(({ word }) => word).join(' | ')} |`,
    `|${'---:|'.repeat(styles.length + 1)}`,
    `| ${totalOf(summary)} | ${styles.map(({ count }) => summary[count]).join(' | ')} |`,
    '',
    `${seconds(run.durationMs)}${ratio}; driver ${inline(run.driver)}, telltale ${inline(run.telltale)}, run ${inline(run.id)}`,
    '',
    '',
  ].join('\n');
}

function rowInFull(row: ResultRow): string {
  const where = [row.subject, row.column].filter((part) => part !== '').join(' ');
  const open = row.verdict === 'fail' || row.verdict === 'error' ? ' open' : '';
  const facts: [string, string | undefined][] = [
    ['promised', row.promised],
    ['expected', row.expected],
    ['got', row.got],
    ['blocked by', row.blockedBy],
  ];
  const proof = row.evidence.slice(0, 5).flatMap((evidence) => {
    const answer = answerOf(evidence);
    return [
      `<b>${askedLabel(evidence)}</b>${preformatted(evidence.asked)}`,
      ...(answer === undefined ? [] : [`<b>answer</b>${preformatted(answer)}`]),
    ];
  });
  const line = (label: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : [`<b>${label}:</b> ${lines(excerpt(text, 4000))}<br>`];
  return [
    `<details${open}><summary>${STYLES[row.verdict].symbol} <b>${STYLES[row.verdict].word}</b> <code>${html(row.id)}</code> ${html(where)}: ${html(plainLine(row.title))}</summary>`,
    `<p>${lines(excerpt(row.message, 4000))}</p>`,
    ...facts.flatMap(([label, text]) => line(label, text)),
    ...proof,
    ...line('because', row.because),
    ...line('remedy', row.remedy),
    '</details>\n\n',
  ].join('\n');
}

function addArea(page: Page, area: AreaMatrix): void {
  const counts = Object.values(STYLES)
    .filter(({ count }) => area.summary[count] > 0)
    .map(({ word, count }) => `${area.summary[count]} ${word}`);
  const headings = area.columns.map(({ subject, column }) => inline(column === '' ? subject : `${subject} ${column}`));
  const well = area.lines.every((line) => line.cells.every((cell) => cell === undefined || cell.verdict === 'pass'));
  const head =
    `<details${well ? '' : ' open'}><summary><b>${html(area.area)}</b>: ${counts.join(', ')}</summary>\n\n` +
    `| | | ${headings.join(' | ')} |\n|---|---|${':---:|'.repeat(headings.length)}\n`;
  const rows = area.lines.map(({ id, title, cells }) => {
    const words = cells.map((cell) =>
      cell === undefined ? 'not asked' : `${STYLES[cell.verdict].symbol} ${STYLES[cell.verdict].word}`,
    );
    return `| ${inline(id)} | ${inline(title)} | ${words.join(' | ')} |\n`;
  });
  page.addGroup(head, rows, '\n</details>\n\n');
}

/** Text in a table cell or a sentence: no character of it is markup. */
function inline(text: string): string {
  return html(plainLine(text)).replace(
    /[\\`*_{}[\]()!|~$@]|^[-+#]|^\d(?=\d*[.)])/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** Preformatted text on one line of the page: a blank line would end the HTML block that it stands in. */
function preformatted(text: string): string {
  return `<pre>${html(excerpt(text, 4000)).replaceAll('\n', '&#10;')}</pre>`;
}

/** Text inside HTML elements; Markdown is read there too, but for line breaks nothing of it is left. */
function lines(text: string): string {
  return plainText(text).split('\n').map(inline).join('<br>');
}

function html(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import type { Evidence, ResultRow, Verdict } from '../../schemas/results.ts';
import { groupBy } from '../group-by.ts';
import { excerpt, plainLine, plainText } from '../plain-text.ts';
import { IN_FULL, STYLES } from '../verdicts.ts';
import type { Palette } from './palette.ts';
import { wrapShell } from './shell-wrap.ts';
import { widthOf, wrap } from './width.ts';

const INDENT = '      ';
const MOST_ANSWER = 600;
const MOST_EVIDENCE = 3;

/** Every row that wants attention, in full, the worst first: what, where, the proof, the remedy. */
export function renderFailures(
  rows: readonly ResultRow[],
  palette: Palette,
  verdicts: readonly Verdict[] = IN_FULL,
): string[] {
  return verdicts.flatMap((verdict) => {
    const group = rows.filter((row) => row.verdict === verdict);
    return verdict === 'blocked' ? renderBlocked(group, palette) : group.flatMap((row) => renderRow(row, palette));
  });
}

function renderRow(row: ResultRow, palette: Palette): string[] {
  const lines = headline(row, plainText(row.message).trim(), palette);
  const labelled: [string, string | undefined][] = [
    ['promised', row.promised !== undefined && row.message.includes(row.promised) ? undefined : row.promised],
    ['expected', row.expected],
    ['got', row.got],
    ['blocked by', row.blockedBy],
  ];
  for (const [label, text] of labelled) lines.push(...field(label, text, palette));
  for (const evidence of row.evidence.slice(0, MOST_EVIDENCE)) lines.push(...proof(evidence, palette));
  const more = row.evidence.length - MOST_EVIDENCE;
  if (more > 0) lines.push(...field('evidence', `${more} more in results.json`, palette));
  lines.push(...field('because', row.because, palette), ...field('remedy', row.remedy, palette), '');
  return lines;
}

/** Rows that one cause blocks are one paragraph: the cause matters, and it stands elsewhere in full. */
function renderBlocked(rows: readonly ResultRow[], palette: Palette): string[] {
  const groups = groupBy(rows, (row) => JSON.stringify([row.blockedBy, row.message, row.remedy]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    if (group.length === 1) return renderRow(first, palette);
    const names = [...new Set(group.map((row) => plainLine(row.id)))];
    const listed = names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
    return [
      ...headline(
        { ...first, id: `${group.length} rows`, subject: '', column: '' },
        plainText(first.message).trim(),
        palette,
      ),
      ...field('rows', listed, palette),
      ...field('blocked by', first.blockedBy, palette),
      ...field('remedy', first.remedy, palette),
      '',
    ];
  });
}

function headline(row: ResultRow, message: string, palette: Palette): string[] {
  const label = STYLES[row.verdict].word.padEnd(4);
  const where = [plainLine(row.subject), plainLine(row.column)].filter((part) => part !== '').join(' ');
  const name = [label, plainLine(row.id), where].filter((part) => part !== '').join('  ');
  const [first = '', ...rest] = wrap(name, palette.width);
  const lines = [palette.verdict(row.verdict, first), ...rest.map((line) => palette.verdict(row.verdict, line))];
  const room = palette.width - widthOf(name) - 3;
  const [opening = '', ...others] = message.split('\n');
  // The message goes on beside the name while there is room for a few words, and below it otherwise.
  if (rest.length === 0 && room >= Math.min(24, widthOf(opening))) {
    const [beside = ''] = wrap(opening, room);
    lines[0] = `${lines[0]}   ${beside}`;
    const below = [opening.slice(beside.length).trimStart(), ...others].filter((line) => line !== '');
    return [...lines, ...indented(below.join('\n'), palette)];
  }
  return [...lines, ...indented(message, palette)];
}

function field(label: string, text: string | undefined, palette: Palette): string[] {
  if (text === undefined || text.trim() === '') return [];
  const lines = wrap(`${label}: ${plainText(excerpt(text, 4 * MOST_ANSWER)).trim()}`, palette.width - INDENT.length);
  const [first = '', ...rest] = lines;
  const named = first.startsWith(`${label}:`) ? palette.faint(`${label}:`) + first.slice(label.length + 1) : first;
  return [INDENT + named, ...rest.map((line) => `${INDENT}${line}`)];
}

function proof(evidence: Evidence, palette: Palette): string[] {
  const isCommand = evidence.kind === 'http' || evidence.kind === 'grpc' || evidence.kind === 'command';
  const asked = plainText(evidence.asked);
  const lines = isCommand
    ? [`${INDENT}${palette.faint('asked:')}`, ...wrapShell(asked, palette.width, INDENT)]
    : field(evidence.kind, asked, palette);
  const answer = [evidence.status, evidence.answer].filter((part) => part !== undefined && part !== '').join('  ');
  lines.push(...field('answer', excerpt(answer, MOST_ANSWER), palette));
  return lines.flatMap((line) => line.split('\n'));
}

function indented(text: string, palette: Palette): string[] {
  if (text === '') return [];
  return wrap(text, palette.width - INDENT.length).map((line) => `${INDENT}${line}`);
}

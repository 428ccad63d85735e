import type { RowChange } from '../compare.ts';
import { CHANGES, type Change, type Comparison } from '../compare.ts';
import { nameOf } from '../identity.ts';
import { plainLine, plainText } from '../plain-text.ts';
import { STYLES } from '../verdicts.ts';
import { packed } from './matrix.ts';
import type { Palette } from './palette.ts';
import { truncate, wrap } from './width.ts';

/** These are listed row by row; the others are counted. */
const LISTED: readonly Change[] = ['REGRESSED', 'VANISHED', 'NEW-FAILING', 'FIXED', 'NEW-PASSING'];
const MOST_WELCOME = 20;

/** What changed between two runs, as lines; what closes the gate first and with its message. */
export function renderComparison(comparison: Comparison, palette: Palette): string[] {
  const lines = LISTED.flatMap((change) => {
    const rows = comparison.rows.filter((row) => row.change === change);
    const welcome = change === 'FIXED' || change === 'NEW-PASSING';
    const shown = welcome ? rows.slice(0, MOST_WELCOME) : rows;
    const more = rows.length - shown.length;
    return [
      ...shown.flatMap((row) => renderChange(row, palette)),
      ...(more > 0 ? [palette.faint(`${change}  and ${more} more`)] : []),
      ...(rows.length > 0 ? [''] : []),
    ];
  });
  const counts = CHANGES.map((change) => `${comparison.counts[change]} ${change}`);
  lines.push(
    ...packed(
      counts.map((part, i) => (i < counts.length - 1 ? `${part},` : part)),
      ' ',
      palette.width,
    ).map(palette.strong),
  );
  const { open, reasons } = comparison.gate;
  const verdict = open ? 'GATE OPEN  no row got worse' : `GATE CLOSED  ${reasons.join(', ')}`;
  lines.push(
    palette.strong(palette.verdict(open ? 'pass' : 'fail', truncate(verdict, palette.width, palette.ellipsis))),
  );
  return lines;
}

function renderChange({ change, before, after, gates }: RowChange, palette: Palette): string[] {
  const row = after ?? before;
  if (row === undefined) return [];
  const was = before === undefined ? 'absent' : STYLES[before.verdict].word;
  const is = after === undefined ? 'absent' : STYLES[after.verdict].word;
  const tone = change === 'FIXED' || change === 'NEW-PASSING' ? 'pass' : gates ? 'fail' : 'warn';
  const head = wrap(`${change}  ${plainLine(nameOf(row))}  ${was} -> ${is}`, palette.width);
  const why = change === 'FIXED' || change === 'NEW-PASSING' ? '' : plainText(after?.message ?? '').trim();
  const remedy =
    why === '' || after?.remedy === undefined ? [] : wrap(`remedy: ${plainText(after.remedy)}`, palette.width - 6);
  return [
    ...head.map((line) => palette.verdict(tone, line)),
    ...(why === '' ? [] : wrap(why, palette.width - 6)).map((line) => `      ${line}`),
    ...remedy.map((line) => `      ${line}`),
  ];
}

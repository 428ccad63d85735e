import type { ResultRow } from '../../schemas/results.ts';
import { groupBy } from '../group-by.ts';
import type { AreaMatrix, MatrixColumn, MatrixLine } from '../matrix.ts';
import { plainLine } from '../plain-text.ts';
import { BY_URGENCY, STYLES } from '../verdicts.ts';
import type { Palette } from './palette.ts';
import { padTo, truncate, widthOf } from './width.ts';

const WIDEST_COLUMN = 14;
const WIDEST_ID = 26;
const WIDEST_TITLE = 72;
/** Below this a title says nothing; the identifier stands alone then. */
const NARROWEST_TITLE = 16;

export interface MatrixOptions {
  /** An area shows at most this many requirements that have nothing but passes; the rest is counted in a line. */
  readonly mostPassing: number;
}

/** The matrix as lines, none wider than the palette's width. Columns that do not fit side by side follow in bands. */
export function renderMatrix(areas: readonly AreaMatrix[], palette: Palette, options: MatrixOptions): string[] {
  const lines = areas.flatMap((area) => [...renderArea(area, palette, options), '']);
  return areas.length === 0 ? [] : [...lines, ...legend(areas, palette)];
}

interface Band {
  readonly columns: readonly { readonly index: number; readonly width: number; readonly column: MatrixColumn }[];
}

function renderArea(area: AreaMatrix, palette: Palette, { mostPassing }: MatrixOptions): string[] {
  const { shown, left } = selectLines(area.lines, mostPassing);
  const idWidth = Math.min(
    WIDEST_ID,
    Math.max(widthOf(area.area), ...shown.map((line) => widthOf(plainLine(line.id)))),
  );
  const titles = Math.max(0, ...shown.map((line) => widthOf(plainLine(line.title))));
  const widths = columnWidths(area.columns);
  const { titleWidth, bands } = layOut(area.columns, widths, Math.min(titles, WIDEST_TITLE), palette.width - idWidth);
  const stub = idWidth + (titleWidth === 0 ? 0 : titleWidth + 2);
  const lines = bands.flatMap((band) => renderBand(area, band, shown, { idWidth, titleWidth, stub }, palette));
  if (left.length > 0) lines.push(collapsed(left, palette));
  return lines;
}

/** Titles give way until there are as few bands as can be, and take what is then left over. */
function layOut(columns: readonly MatrixColumn[], widths: readonly number[], titles: number, room: number) {
  const least = Math.min(titles, NARROWEST_TITLE);
  let titleWidth = room - least - 2 < Math.min(WIDEST_COLUMN, Math.max(1, ...widths)) + 2 ? 0 : least;
  let bands = bandsOf(columns, widths, room - titleWidth - 2);
  while (titleWidth > 0 && titleWidth < titles) {
    const wider = bandsOf(columns, widths, room - titleWidth - 3);
    if (wider.length > bands.length || room - titleWidth - 3 < Math.max(0, ...widths) + 2) break;
    titleWidth += 1;
    bands = wider;
  }
  return { titleWidth, bands };
}

/** What is not a pass is never left out. */
function selectLines(all: readonly MatrixLine[], mostPassing: number): { shown: MatrixLine[]; left: MatrixLine[] } {
  const shown: MatrixLine[] = [];
  const left: MatrixLine[] = [];
  let passing = 0;
  for (const line of all) {
    if (!line.cells.every((cell) => cell === undefined || cell.verdict === 'pass')) shown.push(line);
    else if (passing < mostPassing) {
      passing += 1;
      shown.push(line);
    } else left.push(line);
  }
  return { shown, left };
}

function collapsed(left: readonly MatrixLine[], palette: Palette): string {
  const cells = left.flatMap((line) => line.cells).filter((cell) => cell !== undefined).length;
  const text = `and ${left.length} more requirements, all ${cells} of their rows ${palette.symbol('pass')} pass`;
  return palette.faint(truncate(text, palette.width, palette.ellipsis));
}

/** A subject's name stands over its columns; where it is wider than they are, the last of them makes room. */
function columnWidths(columns: readonly MatrixColumn[]): number[] {
  const widths = columns.map(({ column }) => Math.max(1, Math.min(WIDEST_COLUMN, widthOf(plainLine(column)))));
  for (const [subject, indexes] of groupBy(columns.keys(), (index) => columns[index]?.subject ?? '')) {
    const span = indexes.reduce((sum, index) => sum + (widths[index] ?? 0) + 2, -2);
    const wanted = Math.min(widthOf(plainLine(subject)), WIDEST_COLUMN);
    const last = indexes.at(-1);
    if (last !== undefined && span < wanted) widths[last] = (widths[last] ?? 0) + wanted - span;
  }
  return widths;
}

function bandsOf(columns: readonly MatrixColumn[], widths: readonly number[], room: number): Band[] {
  const bands: { index: number; width: number; column: MatrixColumn }[][] = [[]];
  let used = 0;
  for (const [index, column] of columns.entries()) {
    const width = Math.min(widths[index] ?? 1, Math.max(1, room - 2));
    if (used + width + 2 > room && bands.at(-1)?.length !== 0) {
      bands.push([]);
      used = 0;
    }
    bands.at(-1)?.push({ index, width, column });
    used += width + 2;
  }
  return bands.map((band) => ({ columns: band }));
}

interface Stub {
  readonly idWidth: number;
  readonly titleWidth: number;
  readonly stub: number;
}

function renderBand(
  area: AreaMatrix,
  band: Band,
  shown: readonly MatrixLine[],
  { idWidth, titleWidth, stub }: Stub,
  palette: Palette,
): string[] {
  const cut = (text: string, width: number) => padTo(plainLine(text), width, palette.ellipsis);
  const subjects = band.columns.map(({ column, width }, i) => {
    const repeated = i > 0 && band.columns[i - 1]?.column.subject === column.subject;
    const last = band.columns.findLastIndex((other) => other.column.subject === column.subject);
    const span = band.columns.slice(i, last + 1).reduce((sum, other) => sum + other.width + 2, -2);
    return repeated ? '' : `  ${cut(column.subject, Math.max(span, width))}`;
  });
  const lines = [palette.strong(cut(area.area, stub)) + palette.strong(subjects.join('').trimEnd())];
  if (band.columns.some(({ column }) => column.column !== '')) {
    const names = band.columns.map(({ column, width }) => `  ${cut(column.column, width)}`).join('');
    lines.push(palette.faint(`${' '.repeat(stub)}${names}`.trimEnd()));
  }
  for (const line of shown) {
    const cells = band.columns.map(({ index, width }) => ({ cell: line.cells[index], width }));
    if (cells.every(({ cell }) => cell === undefined)) continue;
    const title = titleWidth === 0 ? '' : `  ${cut(line.title, titleWidth)}`;
    const symbols = cells.map((at, i) => renderCell(at.cell, i === cells.length - 1 ? 1 : at.width, palette));
    lines.push(`${cut(line.id, idWidth)}${title}${symbols.join('')}`);
  }
  return lines;
}

function renderCell(cell: ResultRow | undefined, width: number, palette: Palette): string {
  const rest = ' '.repeat(width - 1);
  if (cell === undefined) return `  ${palette.faint(palette.notAsked)}${rest}`;
  return `  ${palette.verdict(cell.verdict, palette.symbol(cell.verdict))}${rest}`;
}

function legend(areas: readonly AreaMatrix[], palette: Palette): string[] {
  const seen = BY_URGENCY.toReversed().filter((verdict) =>
    areas.some((area) => area.summary[STYLES[verdict].count] > 0),
  );
  const parts = seen.map((verdict) => `${palette.symbol(verdict)} ${STYLES[verdict].word}`);
  const gaps = areas.some((area) => area.lines.some((line) => line.cells.includes(undefined)));
  if (gaps) parts.push(`${palette.notAsked} not asked of it`);
  return packed(parts, '  ', palette.width).map((line) => palette.faint(line));
}

/** As many parts side by side as fit. */
export function packed(parts: readonly string[], gap: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + widthOf(gap) + widthOf(part) <= width)
      lines[lines.length - 1] = last + gap + part;
    else lines.push(part);
  }
  return lines;
}

import { basename, dirname, sep } from 'node:path';
import type { EngineRow, Results } from '../../schemas/results.ts';
import { type Conclusion, conclude } from '../conclusion.ts';
import { groupBy } from '../group-by.ts';
import { matrixOf } from '../matrix.ts';
import { plainLine, plainText, seconds } from '../plain-text.ts';
import { STYLES, totalOf } from '../verdicts.ts';
import { renderFailures } from './failures.ts';
import { packed, renderMatrix } from './matrix.ts';
import type { Palette } from './palette.ts';
import { padTo, truncate, widthOf, wrap } from './width.ts';

export interface SummaryOptions {
  /** Failures and headline only. */
  readonly quiet?: boolean;
  readonly conclusion?: Conclusion;
  /** Where the reports were written, as the user would type it. */
  readonly files?: readonly string[];
  /** What could not be written, as sentences. */
  readonly problems?: readonly string[];
  /** See {@link import('./matrix.ts').MatrixOptions}; 30 unless told. */
  readonly mostPassing?: number;
}

/**
 * A finished run as lines for the terminal: failures in full, the matrix, engines, notes, the headline, the files, and
 * last of all the one line that matters.
 */
export function renderSummary(results: Results, palette: Palette, options: SummaryOptions = {}): string[] {
  const quiet = options.quiet === true;
  const conclusion = options.conclusion ?? conclude(results);
  const lines = renderFailures(results.results, palette, quiet ? ['fail', 'error'] : undefined);
  if (!quiet) {
    const matrix = renderMatrix(matrixOf(results.results), palette, { mostPassing: options.mostPassing ?? 30 });
    lines.push(...matrix, ...(matrix.length > 0 ? [''] : []));
    lines.push(...renderEngines(results.engines, palette), ...renderNotes(results.notes, palette));
  }
  lines.push(...headlineOf(results, palette));
  if (!quiet) lines.push(...renderFiles(options.files ?? [], palette));
  for (const problem of options.problems ?? []) {
    lines.push(...wrap(`! ${plainText(problem)}`, palette.width).map((line) => palette.verdict('error', line)));
  }
  lines.push(renderConclusion(conclusion, palette));
  return lines;
}

/** By directory: their names are what one looks for. */
function renderFiles(files: readonly string[], palette: Palette): string[] {
  return [...groupBy(files, dirname)].flatMap(([directory, of]) => {
    const names = of.map((file) => plainLine(basename(file))).join(', ');
    return wrap(`reports in ${plainLine(directory)}${sep}: ${names}`, palette.width);
  });
}

function renderConclusion({ kind, sentence }: Conclusion, palette: Palette): string {
  const labels = { kept: 'KEPT', broken: 'BROKEN', unproved: 'UNPROVED', interrupted: 'INTERRUPTED' } as const;
  const tones = { kept: 'pass', broken: 'fail', unproved: 'error', interrupted: 'warn' } as const;
  const line = truncate(`${labels[kind]}  ${sentence}`, palette.width, palette.ellipsis);
  return palette.strong(palette.verdict(tones[kind], line));
}

/** All verdicts are counted, those with none too: a count that is missing would look like one that is zero. */
function headlineOf({ summary, run }: Results, palette: Palette): string[] {
  const total = totalOf(summary);
  const parts = Object.values(STYLES).map(({ word, count }) => `${summary[count]} ${word}`);
  const ratio =
    run.criticalPathMs > 0
      ? `, ${(run.durationMs / run.criticalPathMs).toFixed(2)} ${palette.times} the critical path of ${seconds(run.criticalPathMs)}`
      : '';
  const counts = packed(
    [
      `${total} ${total === 1 ? 'row' : 'rows'}:`,
      ...parts.map((part, i) => (i < parts.length - 1 ? `${part},` : part)),
    ],
    ' ',
    palette.width,
  );
  return [...counts.map(palette.strong), ...wrap(`${seconds(run.durationMs)}${ratio}`, palette.width)];
}

function renderEngines(engines: readonly EngineRow[], palette: Palette): string[] {
  if (engines.length === 0) return [];
  const table = engines.map((engine) => {
    const missing = engine.source.startsWith('missing');
    const asked = engine.asked !== undefined && engine.asked !== engine.version ? ` (asked: ${engine.asked})` : '';
    return {
      missing,
      substituted: asked !== '',
      cells: [engine.service, engine.engine, engine.version + asked, engine.role, engine.source].map(plainLine),
    };
  });
  const titles = ['service', 'engine', 'version', 'role', 'source'];
  const widths = titles.map((title, i) =>
    Math.max(widthOf(title), ...table.map(({ cells }) => widthOf(cells[i] ?? ''))),
  );
  shrink(widths, palette.width - 2 * (titles.length - 1));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => padTo(cell, widths[i] ?? 1, palette.ellipsis))
      .join('  ')
      .trimEnd();
  return [
    palette.strong(line(titles)),
    ...table.map(({ cells, missing, substituted }) => {
      if (missing) return palette.verdict('fail', line(cells));
      return substituted ? palette.verdict('warn', line(cells)) : line(cells);
    }),
    '',
  ];
}

/** Takes columns from the widest until all fit. */
function shrink(widths: number[], room: number): void {
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= 1) return;
    widths[widest] = width - 1;
  }
}

function renderNotes(notes: readonly string[], palette: Palette): string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap((note) => {
    const [first = '', ...rest] = wrap(plainText(note), palette.width - 2);
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  return [palette.strong('notes'), ...lines, ''];
}

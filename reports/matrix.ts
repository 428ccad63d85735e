import type { Level, ResultRow, Summary } from '../schemas/results.ts';
import { groupBy } from './group-by.ts';
import { summarise } from './model.ts';

export interface MatrixColumn {
  readonly subject: string;
  readonly column: string;
}

export interface MatrixLine {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  /** One for each column of the area; undefined where this requirement is not asked of it, which is no row. */
  readonly cells: readonly (ResultRow | undefined)[];
}

/** One area of the matrix: requirements in rows, subjects with their protocols, routes or versions in columns. */
export interface AreaMatrix {
  readonly area: string;
  readonly columns: readonly MatrixColumn[];
  readonly lines: readonly MatrixLine[];
  readonly summary: Summary;
}

/** The order in which a stack comes to life; areas not named here follow in the order in which they came. */
const AREAS = [
  'readiness',
  'config',
  'ingest',
  'promql',
  'logql',
  'traceql',
  'correlation',
  'profiles',
  'retention',
  'persistence',
  'limits',
  'resilience',
  'security',
  'grafana',
  'self-monitoring',
  'performance',
  'upgrade',
];

export function matrixOf(rows: readonly ResultRow[]): AreaMatrix[] {
  const byArea = groupBy(rows, (row) => row.area);
  const rank = (area: string) => (AREAS.includes(area) ? AREAS.indexOf(area) : AREAS.length);
  const areas = [...byArea.keys()].sort((a, b) => rank(a) - rank(b));
  return areas.map((area) => areaMatrix(area, byArea.get(area) ?? []));
}

function areaMatrix(area: string, rows: readonly ResultRow[]): AreaMatrix {
  const bySubject = new Map<string, Set<string>>();
  for (const { subject, column } of rows) {
    const columns = bySubject.get(subject) ?? new Set<string>();
    bySubject.set(subject, columns.add(column));
  }
  const columns = [...bySubject].flatMap(([subject, names]) => [...names].map((column) => ({ subject, column })));
  const lines = [...groupBy(rows, (row) => row.id)].map(([id, ofId]) => lineOf(id, ofId, columns));
  return { area, columns, lines, summary: summarise(rows) };
}

function lineOf(id: string, rows: readonly ResultRow[], columns: readonly MatrixColumn[]): MatrixLine {
  const byColumn = new Map(rows.map((row) => [JSON.stringify([row.subject, row.column]), row]));
  return {
    id,
    title: rows[0]?.title ?? '',
    level: rows[0]?.level ?? 'MUST',
    cells: columns.map(({ subject, column }) => byColumn.get(JSON.stringify([subject, column]))),
  };
}

import { type EngineRow, type ResultRow, type Results, rowKeyOf } from '../schemas/results.ts';
import { identityOf, nameOf } from './identity.ts';

/**
 * Follows every `blocked` row to what caused it. Each chain has to end in a `fail`, an `error`, or an engine that could
 * not be had (`source: missing`); in a run that ended early also in a row that was not reached.
 *
 * `blockedBy` is understood as a row's key (`rowKeyOf`), a requirement's id, a service, an engine, or `engine@version`.
 *
 * @returns one sentence for each chain that ends elsewhere; empty when all is well.
 */
export function validateBlockedChains(results: Results): string[] {
  const index = indexOf(results);
  const problems: string[] = [];
  const sound = new Set<string>();
  for (const row of results.results) {
    if (row.verdict !== 'blocked') continue;
    const problem = judge(row, index, sound, new Set());
    if (problem !== undefined) problems.push(`${nameOf(row)} is blocked, but ${problem}`);
  }
  return problems;
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly ResultRow[]>;
  readonly engines: ReadonlyMap<string, readonly EngineRow[]>;
  readonly incomplete: boolean;
}

function indexOf(results: Results): Index {
  const byName = new Map<string, ResultRow[]>();
  const engines = new Map<string, EngineRow[]>();
  for (const row of results.results) {
    const names = new Set([rowKeyOf(row), rowKeyOf(row).trim(), nameOf(row), `${row.id} ${row.subject}`, row.id]);
    for (const name of names) push(byName, name, row);
  }
  for (const engine of results.engines) for (const name of namesOf(engine)) push(engines, name, engine);
  return { byName, engines, incomplete: results.run.incomplete === true };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function namesOf({ service, engine, version }: EngineRow): string[] {
  return [service, engine, `${engine}@${version}`, `${engine} ${version}`];
}

function isMissing(engine: EngineRow): boolean {
  return engine.source.startsWith('missing');
}

/** What is wrong with the chain that starts here, or undefined. */
function judge(row: ResultRow, index: Index, sound: Set<string>, path: Set<string>): string | undefined {
  const key = identityOf(row);
  if (sound.has(key)) return undefined;
  if (path.has(key)) return `the chain comes back to ${nameOf(row)}`;
  path.add(key);
  const problem = judgeCause(row, index, sound, path);
  path.delete(key);
  if (problem === undefined) sound.add(key);
  return problem;
}

function judgeCause(row: ResultRow, index: Index, sound: Set<string>, path: Set<string>): string | undefined {
  const cause = row.blockedBy?.trim();
  if (cause === undefined || cause === '') return 'does not say by what';
  // What the stack's files do not hold, and only its owner can give.
  if (cause.startsWith('credentials of ')) return undefined;
  if (index.engines.get(cause)?.some(isMissing) === true) return undefined;
  const candidates = index.byName.get(cause) ?? [];
  if (candidates.length === 0) return `“${cause}” is neither a row of this run nor an engine that is missing from it`;
  const own = candidates.filter((candidate) => candidate.subject === row.subject);
  const others = candidates.filter((candidate) => candidate.subject !== row.subject);
  let problem: string | undefined;
  for (const candidate of [...own, ...others]) {
    problem = end(candidate, index, sound, path);
    if (problem === undefined) return undefined;
  }
  return problem;
}

function end(row: ResultRow, index: Index, sound: Set<string>, path: Set<string>): string | undefined {
  switch (row.verdict) {
    case 'fail':
    case 'error':
      return undefined;
    case 'blocked':
      return judge(row, index, sound, path);
    case 'not-run':
      if (index.incomplete) return undefined;
      return `its chain ends in ${nameOf(row)}, which was not run`;
    default:
      return `its chain ends in ${nameOf(row)}, whose verdict is ${row.verdict}`;
  }
}

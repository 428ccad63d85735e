import type { ResultRow, Results, Verdict } from '../schemas/results.ts';
import { identityOf } from './identity.ts';

/**
 * What became of a row between two runs.
 * - `REGRESSED`: kept before, not kept (or no longer supported, or no longer to be told) now; or worse than before.
 * - `VANISHED`: asked before, and now gone or not applicable: whoever takes a promise away has to say so.
 * - `NEW-FAILING`, `NEW-PASSING`: first told in the new run.
 * - `FIXED`: not kept before, kept now.
 * - `UNCHANGED`; `NOT-COMPARED`: not run in one of the two.
 */
export type Change = 'REGRESSED' | 'VANISHED' | 'NEW-FAILING' | 'FIXED' | 'NEW-PASSING' | 'UNCHANGED' | 'NOT-COMPARED';

export const CHANGES: readonly Change[] = [
  'REGRESSED',
  'VANISHED',
  'NEW-FAILING',
  'FIXED',
  'NEW-PASSING',
  'UNCHANGED',
  'NOT-COMPARED',
];

export interface RowChange {
  readonly change: Change;
  readonly before: ResultRow | undefined;
  readonly after: ResultRow | undefined;
  /** True: this row alone closes the gate. */
  readonly gates: boolean;
}

export interface Comparison {
  readonly rows: readonly RowChange[];
  readonly counts: Readonly<Record<Change, number>>;
  readonly gate: { readonly open: boolean; readonly reasons: readonly string[] };
}

export interface CompareOptions {
  /** A SHOULD that newly is not kept closes the gate too. */
  readonly strict?: boolean;
  /** Rows may vanish; for a change that takes a promise away on purpose. */
  readonly allowVanished?: boolean;
  /** A new MUST row that nothing can be said of does not close the gate. */
  readonly allowBlocked?: boolean;
}

/** Compares two runs row by row, by (id, subject, column), and decides whether the new one may pass. */
export function compareResults(before: Results, after: Results, options: CompareOptions = {}): Comparison {
  const old = new Map(before.results.map((row) => [identityOf(row), row]));
  const now = new Map(after.results.map((row) => [identityOf(row), row]));
  const rows: RowChange[] = [];
  for (const [key, row] of now) rows.push(changeOf(old.get(key), row, options));
  for (const [key, row] of old) if (!now.has(key)) rows.push(changeOf(row, undefined, options));
  const counts = Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>;
  for (const { change } of rows) counts[change] += 1;
  const reasons = CHANGES.map((change) => {
    const n = rows.filter((row) => row.change === change && row.gates).length;
    return n === 0 ? '' : `${n} ${n === 1 ? 'row' : 'rows'} ${change}`;
  }).filter((reason) => reason !== '');
  if (after.run.incomplete === true) reasons.push('the new run is incomplete');
  if (after.summary.pass + after.summary.fail + after.summary.warn === 0) reasons.push('the new run proves nothing');
  return { rows, counts, gate: { open: reasons.length === 0, reasons } };
}

/** kept: proven. broken: proven not to hold. unknown: to be asked, but not told. none: not asked. */
type Standing = 'kept' | 'broken' | 'unknown' | 'none' | 'not-run';

const STANDING: Readonly<Record<Verdict, Standing>> = {
  pass: 'kept',
  fail: 'broken',
  warn: 'broken',
  error: 'unknown',
  blocked: 'unknown',
  unsupported: 'none',
  'not-applicable': 'none',
  'not-run': 'not-run',
};

function changeOf(before: ResultRow | undefined, after: ResultRow | undefined, options: CompareOptions): RowChange {
  const change = nameChange(before, after);
  return { change, before, after, gates: closesGate(change, before, after, options) };
}

function nameChange(before: ResultRow | undefined, after: ResultRow | undefined): Change {
  const was = before === undefined ? 'none' : STANDING[before.verdict];
  const is = after === undefined ? 'none' : STANDING[after.verdict];
  // A row that is gone altogether is not one that was left out of a run by choice.
  if (is === 'not-run' || (was === 'not-run' && after !== undefined)) return 'NOT-COMPARED';
  if (is === 'none') {
    if (was === 'kept' && after?.verdict === 'unsupported') return 'REGRESSED';
    return was === 'none' || was === 'not-run' ? 'UNCHANGED' : 'VANISHED';
  }
  if (was === 'none') return is === 'kept' ? 'NEW-PASSING' : 'NEW-FAILING';
  if (was === 'kept') return is === 'kept' ? 'UNCHANGED' : 'REGRESSED';
  if (is === 'kept') return 'FIXED';
  if (before?.verdict === 'warn' && after?.verdict === 'fail') return 'REGRESSED';
  return was === 'unknown' && is === 'broken' ? 'NEW-FAILING' : 'UNCHANGED';
}

function closesGate(
  change: Change,
  before: ResultRow | undefined,
  after: ResultRow | undefined,
  { strict = false, allowVanished = false, allowBlocked = false }: CompareOptions,
): boolean {
  switch (change) {
    case 'REGRESSED':
      return !(allowBlocked && after?.verdict === 'blocked');
    case 'VANISHED':
      return before?.verdict === 'pass' && !allowVanished;
    case 'NEW-FAILING':
      if (after?.verdict === 'warn') return strict;
      return after?.verdict !== 'blocked' || (after.level === 'MUST' && !allowBlocked);
    default:
      return false;
  }
}

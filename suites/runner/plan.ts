import type { PlannedRow } from '../../schemas/results.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import type { Area, Requirement, RowTarget } from '../types.ts';

/** What of the registry is asked for in a run. */
export interface Selection {
  readonly full: boolean;
  readonly areas?: readonly string[];
  readonly services?: readonly string[];
  readonly ids?: readonly string[];
  readonly shard?: { readonly index: number; readonly count: number };
}

/** One row to come: a requirement asked of a target, or the reason why it is not asked. */
export interface PlannedCheck {
  readonly row: PlannedRow;
  readonly requirement: Requirement;
  readonly target?: RowTarget;
  readonly skip?: { readonly verdict: 'not-applicable' | 'not-run'; readonly why: string };
}

/** The subject of a requirement that nobody in the stack relies on. */
const NOBODY = '(stack)';

/** Expands requirements over the stack: one planned row for each target, in the order of the registry. */
export function planChecks(
  requirements: readonly Requirement[],
  definition: StackDefinition,
  selection: Selection,
): readonly PlannedCheck[] {
  const planned = requirements.flatMap((requirement): PlannedCheck[] => {
    const targets = requirement.targets(definition);
    if (targets.length === 0) {
      const why = `Nobody in this stack relies on it${requirement.promise ? ` (no promise of the kind ${requirement.promise})` : ''}.`;
      return [{ row: rowOf(requirement, NOBODY, ''), requirement, skip: { verdict: 'not-applicable', why } }];
    }
    return targets.map((target) => ({ row: rowOf(requirement, target.subject, target.column), requirement, target }));
  });
  return planned.map((check, index) => {
    const why = whyNotSelected(check, index, selection);
    return why === undefined ? check : { ...check, skip: { verdict: 'not-run', why } };
  });
}

function rowOf(requirement: Requirement, subject: string, column: string): PlannedRow {
  const { id, area, level, title, because } = requirement;
  return { id, subject, column, area, level, title, because };
}

function whyNotSelected(check: PlannedCheck, index: number, selection: Selection): string | undefined {
  const { requirement, target } = check;
  const { areas, services, ids, shard } = selection;
  if (requirement.when === 'upgrade') return 'It is asked by `telltale upgrade` only.';
  if (requirement.when === 'full' && !selection.full) return 'It is asked with --full only.';
  if (areas && !areas.includes(requirement.area satisfies Area))
    return `Its area ${requirement.area} was not selected.`;
  if (services && !services.includes(check.row.subject)) return `${check.row.subject} was not selected.`;
  if (ids && !ids.includes(requirement.id)) return 'It was not selected by --id.';
  if (shard && target && index % shard.count !== shard.index - 1) return 'It belongs to another shard.';
  return undefined;
}

import type { LimitFact } from '../../stack/definition/facts.ts';
import { formatPosition } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { effectiveValues } from '../effective/live-config.ts';
import { meanings } from '../effective/same-value.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

interface LimitTarget extends RowTarget {
  readonly limit: LimitFact;
}

/** Limits that the stack's files set, of engines that can be asked for their configuration. */
function limitTargets(stack: StackDefinition): readonly LimitTarget[] {
  return stack.services
    .filter(({ engine }) => engine === 'loki' || engine === 'tempo' || engine === 'prometheus')
    .flatMap((service) =>
      (service.facts?.limits ?? [])
        .filter(({ setting, tenant }) => setting.at !== undefined && tenant === undefined)
        .map((limit) => ({ subject: service.name, column: limit.key, service, limit })),
    );
}

export const limitsAreInForce = requirement({
  id: 'LIMIT-WIRED-01',
  level: 'MUST',
  area: 'limits',
  title: 'A limit that is configured is in force, by the word of the engine itself',
  because: 'a limit beneath the wrong key is no limit, and nobody notices before the flood',
  source: 'https://grafana.com/docs/loki/latest/configure/#limits_config',
  promise: 'limit',
  when: 'plain',
  after: 'ready',
  targets: limitTargets,
  async check(context, target) {
    const { limit, service } = target as LimitTarget;
    const live = await effectiveValues(context, service)?.valueOf(limit.key);
    const wanted = limit.setting.value;
    if (live !== undefined && meanings(live, limit.unit, limit.key).includes(wanted))
      return kept(`${limit.key} is ${String(live)}`);
    const where = limit.setting.at ? formatPosition(limit.setting.at) : '';
    return broken({
      message: `${limit.key} is ${wanted} (${limit.unit}) in the files (${where}), and ${live === undefined ? `${service.name} does not know it` : `${String(live)} in force`}.`,
      expected: `${wanted} ${limit.unit}`,
      got: live === undefined ? 'nothing' : String(live),
      remedy: 'Look for another file, flag or environment variable that sets it too.',
      evidence: context.evidence.list(),
    });
  },
});

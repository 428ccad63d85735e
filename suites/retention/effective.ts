import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import type { RetentionFact } from '../../stack/definition/facts.ts';
import { formatPosition, type Setting } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { effectiveValues } from '../effective/live-config.ts';
import { meanings } from '../effective/same-value.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { CheckContext, Outcome, RowTarget } from '../types.ts';

interface RetentionTarget extends RowTarget {
  readonly fact: RetentionFact;
}

/** Global promises of engines that say what is in force; per-tenant and per-stream ones are files of their own. */
function targets(stack: StackDefinition): readonly RetentionTarget[] {
  return stack.services
    .filter(({ engine }) => engine === 'loki' || engine === 'tempo' || engine === 'prometheus')
    .flatMap((service) =>
      (service.facts?.retention ?? [])
        .filter(
          ({ tenant, selector, period, sizeBytes }) =>
            !tenant && !selector && ((period?.value ?? 0) > 0 || (sizeBytes?.value ?? 0) > 0),
        )
        .map((fact) => ({
          subject: service.name,
          column: (fact.period ?? fact.sizeBytes)?.key ?? '',
          service,
          fact,
          signal: fact.signal,
        })),
    );
}

export const retentionIsInForce = requirement({
  id: 'RETENTION-EFFECTIVE-01',
  level: 'MUST',
  area: 'retention',
  title: 'The retention that is configured is in force, by the word of the engine itself',
  because: 'a flag, a file and a default can each say another number, and one of them wins',
  source: 'https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects',
  when: 'plain',
  after: 'ready',
  targets,
  async check(context, target) {
    const { fact, service } = target as RetentionTarget;
    const setting = fact.period ?? fact.sizeBytes;
    if (setting === undefined) return kept();
    const unit = fact.period ? 'ms' : 'bytes';
    if (service.engine === 'prometheus') return fromRuntimeInfo(context, target, setting, unit);
    const live = await effectiveValues(context, service)?.valueOf(setting.key);
    const agrees = live !== undefined && meanings(live, unit, setting.key).includes(setting.value);
    return agrees
      ? kept(`${setting.key} is ${String(live)}`)
      : disagrees(target, setting, live === undefined ? 'nothing of that key' : String(live));
  },
});

/** `15d`, `1GiB` or `15d or 1GiB`: what Prometheus will really apply, whoever said so. */
async function fromRuntimeInfo(
  context: CheckContext,
  target: RowTarget,
  setting: Setting<number>,
  unit: 'ms' | 'bytes',
): Promise<Outcome> {
  const { storageRetention } = await new PrometheusClient(context.clientOptions(target.service)).runtimeInfo();
  const parts = storageRetention.split(' or ');
  const agrees = parts.some((part) => meanings(part, unit, setting.key).includes(setting.value));
  return agrees ? kept(storageRetention) : disagrees(target, setting, storageRetention);
}

function disagrees(target: RowTarget, setting: Setting<number>, live: string): Outcome {
  return broken({
    message: `${setting.key} promises ${setting.value}${setting.at ? ` (${formatPosition(setting.at)})` : ' (by default)'}, and ${target.subject} has ${live} in force.`,
    expected: String(setting.value),
    got: live,
    remedy: 'Look for another file, flag or environment variable that sets it too.',
  });
}

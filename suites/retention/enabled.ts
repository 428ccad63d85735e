import type { RetentionFact } from '../../stack/definition/facts.ts';
import { formatPosition, type Setting } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

/** One row for each retention promise: of a signal, and of a tenant or stream rule where there are several. */
function retentionTargets(stack: StackDefinition): readonly RowTarget[] {
  return stack.services.flatMap((service) =>
    (service.facts?.retention ?? [])
      .filter(isPromised)
      .map((fact) => ({ subject: service.name, column: columnOf(fact), service, signal: fact.signal })),
  );
}

/** A period of 0 keeps data for ever: nothing is promised to go. */
function isPromised({ period, sizeBytes }: RetentionFact): boolean {
  return (period?.value ?? 0) > 0 || (sizeBytes?.value ?? 0) > 0;
}

function columnOf({ tenant, selector, period, sizeBytes }: RetentionFact): string {
  const what = period ? 'time' : sizeBytes ? 'size' : '';
  return [tenant, selector, what].filter(Boolean).join(' ');
}

export const retentionIsSwitchedOn = requirement({
  id: 'RETENTION-WIRED-01',
  level: 'MUST',
  area: 'retention',
  title: 'Everything that deletion needs is switched on where a retention period is configured',
  because: 'a policy that is configured but not applied is worse than none: it is believed',
  source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  when: 'plain',
  after: 'started',
  targets: retentionTargets,
  async check(_context, { service, column }) {
    const fact = service.facts?.retention.find((other) => isPromised(other) && columnOf(other) === column);
    if (fact === undefined) return kept();
    const missing = fact.enablers.filter(({ satisfied }) => !satisfied);
    const [first] = missing;
    if (first === undefined) return kept(promiseOf(fact));
    return broken({
      message: `${promiseOf(fact)}, nothing is ever deleted: ${missing.map(({ setting }) => describe(setting)).join(', ')}.`,
      expected: `deletion after ${promiseOf(fact)}`,
      got: missing.map(({ setting }) => describe(setting)).join(', '),
      remedy: missing.map(({ remedy }) => remedy).join(' '),
      evidence: missing.flatMap(({ setting }) =>
        setting.at ? [{ kind: 'file' as const, asked: formatPosition(setting.at), answer: describe(setting) }] : [],
      ),
    });
  },
});

function promiseOf({ period, sizeBytes }: RetentionFact): string {
  const setting = period ?? sizeBytes;
  const value = period ? `${period.value / 3_600_000} h` : `${sizeBytes?.value ?? 0} bytes`;
  return `promised ${value}${setting?.at ? ` (${formatPosition(setting.at)})` : ' (by default)'}`;
}

function describe(setting: Setting<string | number | boolean | null>): string {
  const where = setting.at ? ` (${formatPosition(setting.at)})` : ' (not set)';
  return `${setting.key} is ${setting.value === null || setting.value === '' ? 'not set' : String(setting.value)}${where}`;
}

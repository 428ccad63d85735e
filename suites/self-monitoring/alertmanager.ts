import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import { eventually, found, notYet } from '../../helpers/waiting/eventually.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

/** Discovery of Alertmanagers is delayed by 5 s like that of targets. */
const DISCOVERY_MS = 12_000;

function alerters(stack: StackDefinition): readonly RowTarget[] {
  return stack.services
    .filter(({ engine, facts }) => engine === 'prometheus' && facts?.outputs.some(({ purpose }) => purpose === 'alert'))
    .map((service) => ({ subject: service.name, column: '', service }));
}

export const alertmanagerIsFound = requirement({
  id: 'SELF-ALERT-01',
  level: 'MUST',
  area: 'self-monitoring',
  title: 'Prometheus has found the Alertmanager that it is to tell',
  because: 'an alert that fires and reaches nobody is worse than none',
  source: 'https://prometheus.io/docs/prometheus/latest/querying/api/#alertmanagers',
  promise: 'route.alert',
  when: 'plain',
  after: 'end',
  targets: alerters,
  async check(context, { service, subject }) {
    const client = new PrometheusClient(context.clientOptions(service));
    const active = await eventually(
      `an Alertmanager that ${subject} knows`,
      async () => {
        const known = await client.alertmanagers();
        return known.active.length > 0 ? found(known.active) : notYet(`none active, ${known.dropped.length} dropped`);
      },
      { deadlineMs: DISCOVERY_MS, signal: context.signal },
    );
    return kept(active.join(', '));
  },
});

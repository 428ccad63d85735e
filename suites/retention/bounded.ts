import type { Signal } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';

const STORES: readonly string[] = ['metrics', 'logs', 'traces', 'profiles'];

export const growthIsBounded = requirement({
  id: 'RETENTION-BOUNDED-01',
  level: 'SHOULD',
  area: 'retention',
  title: 'A backend that stores data has a retention period or size',
  because: 'a store that never deletes fills its disk',
  source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  when: 'plain',
  after: 'started',
  targets: (stack) =>
    stack.services
      .filter(({ role, facts }) => facts !== undefined && role !== undefined && STORES.includes(role))
      .map((service) => ({ subject: service.name, column: '', service, signal: service.role as Signal })),
  async check(_context, { service }) {
    const bounded = service.facts?.retention.some(
      ({ period, sizeBytes }) => (period?.value ?? 0) > 0 || (sizeBytes?.value ?? 0) > 0,
    );
    if (bounded) return kept();
    return broken({
      message: `${service.name} keeps its data for ever: nothing in its configuration sets a retention period or size.`,
      remedy: 'Set a retention period, and whatever that engine needs to apply it.',
    });
  },
});

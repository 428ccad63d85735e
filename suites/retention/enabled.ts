import { filesOutcome, promiseTargets } from '../config/promise-rows.ts';
import { requirement } from '../requirement.ts';

export const retentionIsSwitchedOn = requirement({
  id: 'RETENTION-WIRED-01',
  level: 'MUST',
  area: 'retention',
  title: 'Everything that deletion needs is switched on where a retention period is configured',
  because: 'a policy that is configured but not applied is worse than none: it is believed',
  source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  when: 'plain',
  after: 'started',
  targets: (stack) =>
    promiseTargets(stack, 'retention.metrics', 'retention.logs', 'retention.traces', 'retention.profiles'),
  check: async (_context, { promise }) => filesOutcome(promise),
});

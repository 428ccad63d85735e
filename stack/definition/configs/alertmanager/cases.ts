/** Configurations whose fate is known, for the quick test and for the one on the real Alertmanager's amtool. */
export interface AlertmanagerCase {
  readonly title: string;
  readonly yaml: string;
  readonly errors: readonly string[];
  readonly warnings?: readonly string[];
}

const PLAIN = `global: {resolve_timeout: 5m}
route:
  receiver: team
  group_by: [alertname]
  routes:
    - {receiver: pager, matchers: ['severity="page"'], continue: true, mute_time_intervals: [nights], routes: [{receiver: team}]}
time_intervals: [{name: nights, time_intervals: [{times: [{start_time: '22:00', end_time: '24:00'}]}]}]
inhibit_rules: [{source_matchers: ['severity="page"'], target_matchers: ['severity="warn"'], equal: [job]}]
receivers:
  - name: team
    webhook_configs: [{url: 'http://hook:8080/alerts', send_resolved: true, http_config: {basic_auth: {username: u, password: p}}}]
  - name: pager
    slack_configs: [{api_url: 'https://hooks.slack.com/services/T/B/s3cret', channel: '#a'}]
`;

export const ALERTMANAGER_CASES: readonly AlertmanagerCase[] = [
  { title: 'a healthy one', yaml: PLAIN, errors: [] },
  {
    title: 'a receiver that is not there',
    yaml: PLAIN.replace('receiver: pager', 'receiver: pagr'),
    errors: ['REF-RECEIVER'],
    warnings: ['CONFIG-UNUSED'],
  },
  {
    title: 'a nested receiver that is not there',
    yaml: PLAIN.replace('{receiver: team}', '{receiver: nobody}'),
    errors: ['REF-RECEIVER'],
  },
  { title: 'a time interval that is not there', yaml: PLAIN.replace('[nights]', '[days]'), errors: ['REF-RECEIVER'] },
  {
    title: 'two receivers of a name',
    yaml: PLAIN.replace('name: pager', 'name: team').replace('receiver: pager', 'receiver: team'),
    errors: ['CONFIG-ROUTE'],
  },
  { title: 'no route', yaml: PLAIN.replace(/route:\n(?: {2,}.*\n)+/, ''), errors: ['CONFIG-ROUTE'] },
  { title: 'a root route without a receiver', yaml: PLAIN.replace('  receiver: team\n', ''), errors: ['CONFIG-ROUTE'] },
  {
    title: 'a root route with a matcher',
    yaml: PLAIN.replace('  receiver: team\n', '  receiver: team\n  matchers: [\'a="b"\']\n'),
    errors: ['CONFIG-ROUTE'],
  },
  { title: 'an unknown key', yaml: PLAIN.replace('resolve_timeout', 'resolve_time'), errors: ['CONFIG-UNKNOWN-KEY'] },
  {
    title: 'an unknown key of a nested route',
    yaml: PLAIN.replace('{receiver: team}', '{receiver: team, recever: x}'),
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'an unknown key of a receiver',
    yaml: PLAIN.replace('send_resolved', 'send_resolve'),
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  { title: 'a bad duration', yaml: PLAIN.replace('5m', '5 minutes'), errors: ['CONFIG-VALUE'] },
  { title: 'a receiver that nobody uses', yaml: `${PLAIN}  - name: spare\n`, errors: [], warnings: ['CONFIG-UNUSED'] },
];

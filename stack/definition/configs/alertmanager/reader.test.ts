import { expect, it } from 'vitest';
import { readPushgateway } from '../pushgateway/reader.ts';
import { testContext } from '../shared/test-context.ts';
import { ALERTMANAGER_CASES } from './cases.ts';
import { readAlertmanager } from './reader.ts';

const read = (yaml: string, ...flags: readonly string[]) =>
  readAlertmanager(
    testContext({
      engine: 'alertmanager',
      argv: ['/bin/alertmanager', '--config.file=/etc/am.yml', '--storage.path=/alertmanager', ...flags],
      files: { '/etc/am.yml': yaml },
      version: '0.31.1',
    }),
  );

it.each(ALERTMANAGER_CASES)('$title: $errors', (one) => {
  const { findings } = read(one.yaml);
  const ids = (severity: string) => findings.filter((finding) => finding.severity === severity).map(({ id }) => id);
  expect([ids('error'), ids('warning')]).toEqual([one.errors, one.warnings ?? []]);
  for (const { at } of findings) expect(at?.line).toBeGreaterThan(0);
});

it('reads listeners, storage and receivers, without secrets', () => {
  const facts = read(ALERTMANAGER_CASES[0]?.yaml ?? '', '--web.listen-address=0.0.0.0:9999', '--web.route-prefix=/am');
  expect(facts.listeners.map(({ protocol, host, port, path }) => `${protocol} ${host}:${port}${path}`)).toEqual([
    'http-api 0.0.0.0:9999/am/',
    'alertmanager-api 0.0.0.0:9999/am/api/v2/alerts',
    'prometheus-scrape 0.0.0.0:9999/am/metrics',
  ]);
  expect(facts.storage).toMatchObject([{ path: '/alertmanager', at: { line: 3 } }]);
  expect(facts.outputs.map(({ component, target }) => [component, target.written])).toEqual([
    ['team/webhook', 'http://hook:8080/alerts'],
    ['pager/slack', 'https://hooks.slack.com/***'],
  ]);
  expect(facts.outputs[0]?.target.auth?.secret?.()).toBe('p');
  expect(JSON.stringify(facts.outputs)).not.toContain('s3cret');
});

it('reads Pushgateway', () => {
  const facts = readPushgateway(
    testContext({
      engine: 'pushgateway',
      argv: [
        '/bin/pushgateway',
        '--persistence.file=/data/metrics',
        '--web.enable-admin-api',
        '--web.listn-address=:1',
      ],
      version: '1.11.0',
    }),
  );
  expect(facts.listeners.map(({ component, port, path, signals }) => [component, port, path, signals])).toEqual([
    ['push', 9091, '/metrics/job', ['metrics']],
    ['http', 9091, '/', []],
    ['metrics', 9091, '/metrics', []],
  ]);
  expect(facts.storage).toMatchObject([{ path: '/data/metrics', at: { line: 2 } }]);
  expect(facts.features).toMatchObject({
    'admin-api': { value: true, at: { line: 3 } },
    'lifecycle-api': { value: false },
  });
  expect(facts.findings.map(({ id, remedy }) => [id, remedy])).toEqual([
    ['CONFIG-FLAG', 'Did you mean --web.listen-address?'],
  ]);
});

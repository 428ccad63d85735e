import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { readPrometheus } from './reader.ts';

const CONFIG = '/etc/prometheus/prometheus.yml';

function read(
  yaml: string,
  flags: readonly string[] = [],
  more: Record<string, string> = {},
  version = '3.16.0',
): EngineFacts {
  return readPrometheus(
    testContext({
      engine: 'prometheus',
      argv: ['/bin/prometheus', `--config.file=${CONFIG}`, '--storage.tsdb.path=/prometheus', ...flags],
      files: { [CONFIG]: yaml, ...more },
      version,
    }),
  );
}

const ids = (facts: EngineFacts): string[] =>
  facts.findings.map(({ id, at, severity }) => `${severity} ${id} ${at?.file}:${at?.line}:${at?.column}`);

describe('what a plain configuration says', () => {
  const facts = read(
    `global: {scrape_interval: 15s, external_labels: {cluster: a}}
scrape_configs:
  - job_name: app
    static_configs: [{targets: ['app:8080', node]}]
  - job_name: k8s
    kubernetes_sd_configs: [{role: pod}]
  - job_name: blackbox
    metrics_path: /probe
    static_configs: [{targets: ['https://example.org/x']}]
    relabel_configs:
      - {source_labels: [__address__], target_label: __param_target}
      - {target_label: __address__, replacement: 'blackbox:9115'}
remote_write:
  - url: http://user:secret@mimir:9009/api/v1/push
    headers: {X-Scope-OrgID: team-a}
    tls_config: {insecure_skip_verify: true}
alerting:
  alertmanagers:
    - path_prefix: /am
      basic_auth: {username: u, password_file: pw}
      static_configs: [{targets: ['alertmanager:9093']}]
storage:
  tsdb: {out_of_order_time_window: 30m}
otlp: {promote_resource_attributes: [service.name, k8s.pod]}
rule_files: ['rules/*.yml', missing.yml]
`,
    ['--web.enable-otlp-receiver', '--web.external-url=http://x/prom/', '--storage.tsdb.retention.time=30d'],
    {
      '/etc/prometheus/pw': 'hunter2\n',
      '/etc/prometheus/rules/a.yml':
        'groups:\n  - name: g\n    interval: 1m\n    rules:\n      - {alert: Down, expr: up == 0, for: 5m, labels: {severity: page}}\n      - {record: a:b, expr: sum(up)}\n',
    },
  );

  it('has no error, and a warning for the rule file that is not there', () => {
    expect(ids(facts)).toEqual(['warning CONFIG-RULE-FILES etc/prometheus/prometheus.yml:25:29']);
  });

  it('reads scrape jobs', () => {
    expect(
      facts.scrapes.map(({ job, discovered, targets }) => [job, discovered, targets.map((target) => target.address)]),
    ).toEqual([
      ['app', false, ['app:8080', 'node:80']],
      ['k8s', true, []],
      ['blackbox', false, ['blackbox:9115']],
    ]);
    expect(facts.scrapes[0]).toMatchObject({ intervalMs: 15_000, metricsPath: '/metrics', scheme: 'http' });
  });

  it('reads outputs with credentials and tenants, secrets kept out', () => {
    const [write] = facts.outputs.filter(({ purpose }) => purpose === 'push');
    expect(write?.target).toMatchObject({
      written: 'http://user:***@mimir:9009/api/v1/push',
      host: 'mimir',
      port: 9009,
      path: '/api/v1/push',
      tenant: 'team-a',
      tlsSkipVerify: true,
      auth: { kind: 'basic', username: 'user' },
    });
    const [alert] = facts.outputs.filter(({ purpose }) => purpose === 'alert');
    expect(alert?.target).toMatchObject({ host: 'alertmanager', path: '/am/api/v2/alerts', auth: { username: 'u' } });
    expect(alert?.target.auth?.secret?.()).toBe('hunter2');
    expect(JSON.stringify(facts.outputs)).not.toContain('secret@');
  });

  it('reads listeners under the route prefix, and what is on', () => {
    expect(facts.listeners.map(({ component, path, port, enabled }) => [component, path, port, enabled.value])).toEqual(
      [
        ['http', '/prom/', 9090, true],
        ['metrics', '/prom/metrics', 9090, true],
        ['remote-write', '/prom/api/v1/write', 9090, false],
        ['otlp', '/prom/api/v1/otlp/v1/metrics', 9090, true],
      ],
    );
    expect(facts.features['out-of-order']).toMatchObject({ value: true, at: { line: 23 } });
    expect(facts.features['otlp-receiver']).toMatchObject({ value: true, from: 'flag', at: { line: 4 } });
  });

  it('reads retention, rules and settings', () => {
    expect(facts.retention).toMatchObject([{ signal: 'metrics', period: { value: 30 * 86_400_000, from: 'flag' } }]);
    expect(facts.rules).toMatchObject([
      {
        name: 'g',
        intervalMs: 60_000,
        rules: [
          { kind: 'alert', forMs: 300_000 },
          { kind: 'record', name: 'a:b' },
        ],
      },
    ]);
    expect(facts.settings['otlp.promote_resource_attributes']?.value).toBe('service.name,k8s.pod');
    expect(facts.storage).toMatchObject([{ path: '/prometheus' }]);
  });
});

describe('retention', () => {
  const period = (yaml: string, ...flags: string[]) => read(yaml, flags).retention[0];
  it.each([
    ['the default', '', [], 15 * 86_400_000, undefined],
    ['a size alone', '', ['--storage.tsdb.retention.size=512MB'], undefined, 512 * 2 ** 20],
    [
      'the file over the flag',
      'storage: {tsdb: {retention: {time: 1d}}}',
      ['--storage.tsdb.retention.time=9d'],
      86_400_000,
      undefined,
    ],
    ['a size in the file', 'storage: {tsdb: {retention: {size: 1GB}}}', [], 0, 2 ** 30],
  ] as const)('%s', (_, yaml, flags, time, size) => {
    const fact = period(yaml, ...flags);
    expect([fact?.period?.value, fact?.sizeBytes?.value]).toEqual([time, size]);
  });
});

describe('what it refuses', () => {
  it.each([
    [
      'an unknown key',
      'global: {scrape_intervall: 15s}',
      [],
      'error CONFIG-UNKNOWN-KEY etc/prometheus/prometheus.yml:1:10',
    ],
    ['a bad duration', 'global: {scrape_interval: 15 s}', [], 'error CONFIG-VALUE etc/prometheus/prometheus.yml:1:27'],
    [
      'two jobs of a name',
      'scrape_configs: [{job_name: a}, {job_name: a}]',
      [],
      'error CONFIG-SCRAPE-JOB etc/prometheus/prometheus.yml:1:44',
    ],
    [
      'a URL as a target',
      "scrape_configs: [{job_name: a, static_configs: [{targets: ['http://a:1']}]}]",
      [],
      'error CONFIG-SCRAPE-TARGET etc/prometheus/prometheus.yml:1:60',
    ],
    ['a removed flag', '', ['--storage.tsdb.retention=5d'], 'error CONFIG-FLAG compose.yaml:4:1'],
    ['a flag misspelt', '', ['--web.enable-otlp-reciever'], 'error CONFIG-FLAG compose.yaml:4:1'],
    [
      'a remote write without a URL',
      'remote_write: [{name: x}]',
      [],
      'error CONFIG-URL etc/prometheus/prometheus.yml:1:16',
    ],
  ])('%s', (_, yaml, flags, expected) => {
    expect(ids(read(yaml, flags))).toEqual([expected]);
  });

  it('a rule file with faults', () => {
    const rules = `groups:
  - name: g
    rules:
      - {alert: A, expr: 'sum(', fro: 5m}
      - {record: r}
      - {expr: up}
      - {record: r, expr: up, for: 5m}
  - name: g
    rules: []
`;
    const facts = read('rule_files: [r.yml]', [], { '/etc/prometheus/r.yml': rules });
    expect(ids(facts).sort()).toEqual([
      'error CONFIG-RULE etc/prometheus/r.yml:5:18',
      'error CONFIG-RULE etc/prometheus/r.yml:6:9',
      'error CONFIG-RULE etc/prometheus/r.yml:7:36',
      'error CONFIG-RULE-EXPR etc/prometheus/r.yml:4:26',
      'error CONFIG-RULE-GROUP etc/prometheus/r.yml:8:11',
      'error CONFIG-UNKNOWN-KEY etc/prometheus/r.yml:4:34',
    ]);
  });
});

it('2.x has other switches than 3.x', () => {
  const flags = ['--enable-feature=otlp-write-receiver,exemplar-storage', '--enable-feature=remote-write-receiver'];
  const old = read('', flags, {}, '2.53.0');
  expect([old.features['otlp-receiver']?.value, old.features['remote-write-receiver']?.value]).toEqual([true, true]);
  expect(old.findings).toEqual([]);
  const now = read('', flags);
  expect([now.features['otlp-receiver']?.value, now.features['exemplar-storage']?.value]).toEqual([false, true]);
  expect(now.findings.map(({ severity, id }) => [severity, id])).toEqual([
    ['warning', 'CONFIG-FEATURE'],
    ['warning', 'CONFIG-FEATURE'],
  ]);
  expect(ids(read('', ['--web.enable-otlp-receiver'], {}, '2.53.0'))).toEqual(['error CONFIG-FLAG compose.yaml:4:1']);
});

it('reads the web configuration', () => {
  const facts = read('', ['--web.config.file=/web.yml'], {
    '/web.yml':
      'tls_server_config: {cert_file: a, key_file: b, client_auth_type: RequireAndVerifyClientCert}\nbasic_auth_users: {admin: $2y$10$abc, bob: plain}\n',
  });
  expect(facts.listeners[0]).toMatchObject({ tls: true, clientCertificateRequired: true, auth: { kind: 'basic' } });
  expect(ids(facts)).toEqual(['warning CONFIG-PASSWORD-HASH web.yml:2:44']);
});

it('says where a file that is not mounted is named', () => {
  const facts = readPrometheus(
    testContext({ engine: 'prometheus', argv: ['prometheus', '--config.file=/x.yml'], version: '3.16.0' }),
  );
  expect(ids(facts)).toEqual(['error CONFIG-FILE-MISSING compose.yaml:2:1']);
  const image = readPrometheus(
    testContext({
      engine: 'prometheus',
      argv: ['(image) prometheus', '(image) --config.file=/x.yml'],
      version: '3.16.0',
    }),
  );
  expect(image.findings).toEqual([]);
});

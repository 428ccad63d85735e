import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { readGrafana } from './reader.ts';

const DATASOURCES = `apiVersion: 1
datasources:
  - name: Metrics
    type: prometheus
    uid: prom
    url: http://\${PROM_HOST}:9090
    isDefault: true
    jsonData:
      exemplarTraceIdDestinations:
        - name: trace_id
          datasourceUid: tempo
  - name: Logs
    type: loki
    uid: loki
    url: http://logs:3100
    jsonData:
      httpHeaderName1: X-Scope-OrgID
      derivedFields:
        - name: trace
          matcherRegex: 'trace_id=(\\w+)'
          url: $\${__value.raw}
          datasourceUid: tempo
    secureJsonData:
      httpHeaderValue1: $TENANT
  - name: Traces
    type: tempo
    uid: tempo
    url: http://spans:3200
    basicAuth: true
    basicAuthUser: me
    jsonData:
      tracesToLogsV2:
        datasourceUid: loki
        tags: [{ key: service.name, value: service_name }]
      tracesToMetrics:
        datasourceUid: prom
        queries:
          - { name: rate, query: 'sum(rate(x[5m]))' }
      serviceMap: { datasourceUid: prom }
      nodeGraph: { enabled: true }
      lokiSearch: { datasourceUid: loki }
    secureJsonData:
      basicAuthPassword: $__file{/run/secrets/tempo}
`;

const DASHBOARD = JSON.stringify(
  {
    uid: 'd1',
    title: 'Shop',
    templating: { list: [{ name: 'ds', type: 'datasource' }] },
    panels: [
      {
        title: 'A',
        datasource: { type: 'prometheus', uid: 'prom' },
        targets: [{ expr: 'up' }, { expr: 'rate(x[5m])' }],
      },
      { type: 'row', title: 'R', panels: [{ title: 'B', datasource: { uid: `\${ds}` }, targets: [{ expr: 'down' }] }] },
      { title: 'C', datasource: { uid: '-- Mixed --' }, targets: [{ datasource: { uid: 'loki' }, expr: '{a="b"}' }] },
    ],
  },
  null,
  2,
);

const FILES: Readonly<Record<string, string>> = {
  '/etc/grafana/provisioning/datasources/all.yaml': DATASOURCES,
  '/etc/grafana/provisioning/dashboards/all.yml': 'providers:\n  - name: x\n    options: { path: /dash }\n',
  '/dash/shop.json': DASHBOARD,
  '/etc/grafana/provisioning/alerting/r.yaml':
    'groups:\n  - name: g\n    interval: 1m\n    rules:\n      - title: High\n        for: 5m\n        labels: { severity: page }\n        data:\n          - refId: A\n            datasourceUid: prom\n            model: { expr: up == 0 }\n          - refId: B\n            datasourceUid: __expr__\n            model: { type: threshold }\n',
  '/run/secrets/tempo': 's3cret\n',
};

const read = (
  files: Readonly<Record<string, string>> = FILES,
  environment: Readonly<Record<string, string>> = {},
): EngineFacts =>
  readGrafana(
    testContext({
      engine: 'grafana',
      argv: ['/run.sh'],
      files,
      environment: { PROM_HOST: 'metrics', TENANT: 'shop', ...environment },
    }),
  );

const said = (facts: EngineFacts): string[] =>
  facts.findings.map((finding) => `${finding.severity} ${finding.id} ${finding.at?.line}: ${finding.message}`);

const changed = (file: string, from: string | RegExp, to: string): Readonly<Record<string, string>> => ({
  ...FILES,
  [file]: (FILES[file] ?? '').replace(from, to),
});

describe('Grafana', () => {
  const facts = read();

  it('has nothing against a healthy provisioning', () => {
    expect(said(facts)).toEqual([]);
  });

  it('knows data sources, their links and how they are asked', () => {
    expect(facts.datasources.map(({ name, uid, url, isDefault }) => `${name} ${uid} ${url} ${isDefault}`)).toEqual([
      'Metrics prom http://metrics:9090 true',
      'Logs loki http://logs:3100 false',
      'Traces tempo http://spans:3200 false',
    ]);
    const links = facts.datasources.flatMap((source) => source.links);
    expect(links.map(({ kind, targetUid, key, query }) => [kind, targetUid, key, query])).toEqual([
      ['exemplar-destination', 'tempo', 'trace_id', undefined],
      ['derived-field', 'tempo', 'trace_id=(\\w+)', `\${__value.raw}`],
      ['traces-to-logs', 'loki', 'service.name=service_name', undefined],
      ['traces-to-metrics', 'prom', undefined, 'sum(rate(x[5m]))'],
      ['service-map', 'prom', undefined, undefined],
      ['node-graph', undefined, undefined, undefined],
    ]);
    expect(facts.outputs.map(({ signals, target }) => [signals[0], target.host, target.tenant])).toEqual([
      ['metrics', 'metrics', undefined],
      ['logs', 'logs', 'shop'],
      ['traces', 'spans', undefined],
    ]);
    expect(facts.outputs[2]?.target.auth).toMatchObject({ kind: 'basic', username: 'me' });
    expect(facts.outputs[2]?.target.auth?.secret?.()).toBe('s3cret');
  });

  it('knows dashboards with their panels, and alert rules', () => {
    expect(facts.dashboards[0]?.panels.map(({ title, datasourceUid, exprs }) => [title, datasourceUid, exprs])).toEqual(
      [
        ['A', 'prom', ['up', 'rate(x[5m])']],
        ['B', `\${ds}`, ['down']],
        ['C', 'loki', ['{a="b"}']],
      ],
    );
    expect(facts.rules).toMatchObject([
      {
        name: 'g',
        intervalMs: 60_000,
        rules: [{ name: 'High', expr: 'up == 0', forMs: 300_000, labels: { severity: 'page' } }],
      },
    ]);
  });

  it('knows settings from the file, the environment and defaults', () => {
    const ini =
      '[server]\nhttp_port = 3333 ; a comment\n[auth.anonymous]\nenabled = true\n[security]\nadmin_user = """root"""\n';
    const other = read(
      { '/etc/grafana/grafana.ini': ini, '/run/pw': 'hidden\n' },
      {
        GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/pw',
        GF_AUTH_ANONYMOUS_ENABLED: 'false',
      },
    );
    expect(other.listeners[0]).toMatchObject({ port: 3333, at: { file: 'etc/grafana/grafana.ini', line: 2 } });
    expect(other.features['anonymous-access']).toMatchObject({ value: false, from: 'environment' });
    expect(other.settings['security.admin_password']?.value).toBe('***');
    expect(other.admin?.username).toBe('root');
    expect(other.admin?.secret?.()).toBe('hidden');
    expect(facts.settings['security.admin_password']).toMatchObject({ value: 'admin', from: 'default' });
    expect(facts.listeners[0]?.port).toBe(3000);
  });

  const SOURCES = '/etc/grafana/provisioning/datasources/all.yaml';
  it.each([
    [
      'a link to nowhere',
      changed(SOURCES, 'datasourceUid: tempo', 'datasourceUid: temp'),
      'error REF-GRAFANA-DATASOURCE 11: The link "exemplar-destination" of the data source "Metrics" leads to the uid "temp"',
    ],
    [
      'a link by name',
      changed(SOURCES, 'datasourceUid: loki\n        tags', 'datasourceUid: Logs\n        tags'),
      'error REF-GRAFANA-DATASOURCE 33: The link "traces-to-logs" of the data source "Traces" leads to the uid "Logs", but that is the name',
    ],
    [
      'an uid that is taken',
      changed(SOURCES, 'uid: loki', 'uid: prom'),
      'error REF-GRAFANA-DUPLICATE 12: The uid "prom" of a data source is taken',
    ],
    [
      'two defaults',
      changed(SOURCES, 'uid: loki', 'uid: loki\n    isDefault: true'),
      'error CONFIG-GRAFANA-DEFAULT 12: Two data sources are the default',
    ],
    [
      'a macro that is not escaped',
      changed(SOURCES, '$$', '$'),
      `error CONFIG-GRAFANA-ESCAPE 21: \${__value.raw} is taken for an environment variable`,
    ],
    [
      'a url without scheme',
      changed(SOURCES, 'http://logs:3100', '//logs'),
      'error CONFIG-GRAFANA-DATASOURCE 15: "//logs" is not a URL',
    ],
    [
      'a panel with an unknown data source',
      changed('/dash/shop.json', '"uid": "prom"', '"uid": "prm"'),
      'error REF-GRAFANA-PANEL 15: The panel "A" of the dashboard "Shop" asks the data source "prm"',
    ],
    [
      'a rule with an unknown data source',
      changed('/etc/grafana/provisioning/alerting/r.yaml', 'datasourceUid: prom', 'datasourceUid: x1'),
      'error REF-GRAFANA-DATASOURCE 10: The alert rule "High" leads to the uid "x1"',
    ],
    [
      'a path without dashboards',
      changed('/etc/grafana/provisioning/dashboards/all.yml', '/dash', '/dashes'),
      'warning CONFIG-GRAFANA-DASHBOARDS 3: Dashboards are to be read from /dashes',
    ],
  ])('%s', (_, files, words) => {
    expect(said(read(files))).toContainEqual(expect.stringContaining(words));
  });

  it('knows the uid that Grafana makes of a name', () => {
    const [source] = read({
      [SOURCES]: 'datasources:\n  - { name: Prometheus, type: prometheus, url: "http://p:9090" }\n',
    }).datasources;
    expect(source?.uid).toBe('PBFA97CFB590B2093');
  });
});

import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { readTempo } from './reader.ts';

interface Options {
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

const read = (version: string, text: string, options: Options = {}): EngineFacts =>
  readTempo(
    testContext({
      engine: 'tempo',
      argv: ['/tempo', '-config.file=/etc/tempo.yaml', ...(options.flags ?? [])],
      version,
      environment: options.environment ?? {},
      files: { '/etc/tempo.yaml': text, ...options.files },
    }),
  );

const said = (facts: EngineFacts): string[] =>
  facts.findings.map((finding) => `${finding.severity} ${finding.id} ${finding.at?.line}: ${finding.message}`);

const TWO = `
server: { http_listen_port: 3200 }
distributor:
  receivers:
    otlp:
      protocols:
        grpc: { endpoint: "0.0.0.0:4317" }
        http:
    zipkin:
compactor:
  compaction:
    block_retention: 48h
storage:
  trace:
    backend: local
    local: { path: /var/tempo/blocks }
    wal: { path: /var/tempo/wal }
metrics_generator:
  storage:
    path: /var/tempo/generator/wal
    remote_write:
      - url: http://metrics:9090/api/v1/write
        send_exemplars: true
overrides:
  defaults:
    ingestion: { rate_limit_bytes: 1000 }
    metrics_generator:
      processors: [service-graphs, span-metrics]
`;

const THREE = TWO.replace('compactor:', 'backend_worker:');

describe('Tempo', () => {
  it.each([
    ['2.6.0', TWO, '0.0.0.0'],
    ['2.10.1', TWO, 'localhost'],
    ['3.0.2', THREE, 'localhost'],
  ])('%s: has nothing against a healthy configuration, and knows where it listens', (version, text, host) => {
    const facts = read(version, text);
    expect(said(facts)).toEqual([]);
    expect(
      facts.listeners.map((one) => `${one.component} ${one.protocol} ${one.host}:${one.port}${one.path ?? ''}`),
    ).toEqual([
      'http http-api :3200',
      'grpc grpc-api :9095',
      'otlp/grpc otlp-grpc 0.0.0.0:4317',
      `otlp/http otlp-http ${host}:4318/v1/traces`,
      `zipkin/zipkin zipkin ${host}:9411/api/v2/spans`,
    ]);
    expect(facts.retention).toMatchObject([{ signal: 'traces', period: { value: 48 * 3_600_000 } }]);
    expect(facts.retention[0]?.enablers.every((enabler) => enabler.satisfied)).toBe(true);
  });

  it('knows limits, storage, generator and tenants', () => {
    const facts = read('3.0.0', THREE, { flags: ['-multitenancy.enabled=true', '-reporting.enabled=false'] });
    expect(facts.limits.map((limit) => `${limit.key}=${limit.setting.value} ${limit.setting.from}`)).toEqual([
      'overrides.defaults.ingestion.rate_limit_bytes=1000 file',
      'overrides.defaults.ingestion.burst_size_bytes=30000000 default',
      'overrides.defaults.ingestion.max_traces_per_user=10000 default',
      'overrides.defaults.ingestion.max_global_traces_per_user=0 default',
      'overrides.defaults.ingestion.max_attribute_bytes=0 default',
      'overrides.defaults.global.max_bytes_per_trace=5000000 default',
      'overrides.defaults.read.max_bytes_per_tag_values_query=1000000 default',
    ]);
    expect(facts.storage.map((one) => one.path)).toEqual([
      '/var/tempo/blocks',
      '/var/tempo/wal',
      '/var/tempo/generator/wal',
    ]);
    expect(facts.outputs).toMatchObject([
      {
        component: 'metrics_generator.remote_write/0',
        protocol: 'prometheus-remote-write',
        target: { host: 'metrics' },
      },
    ]);
    expect(facts.features['span-metrics']?.value).toBe(true);
    expect(facts.features['usage-reporting']?.value).toBe(false);
    expect(facts.multiTenant).toMatchObject({ value: true, from: 'flag' });
    expect(facts.settings['query_frontend.query_end_cutoff']?.value).toBe('30s');
  });

  it.each([
    ['a block of 2.x', '3.0.0', TWO, 'error CONFIG-REMOVED-KEY 10: Tempo 3.0.0 refuses the block "compactor"'],
    [
      'a block of 3.x',
      '2.6.0',
      THREE,
      'error CONFIG-REMOVED-KEY 10: Tempo 2.6 refuses the key "backend_worker": it came with Tempo 2.8',
    ],
    [
      'flat overrides',
      '3.0.0',
      'overrides:\n  max_traces_per_user: 1000\n',
      'error CONFIG-TEMPO-OVERRIDES 2: Tempo 3.0.0 refuses flat overrides such as "max_traces_per_user"',
    ],
    [
      'both forms of overrides',
      '2.6.0',
      'overrides:\n  defaults: {}\n  max_traces_per_user: 1000\n',
      'error CONFIG-TEMPO-OVERRIDES 3: Tempo refuses the key "max_traces_per_user" under overrides beside',
    ],
    [
      'a misspelt key',
      '2.6.0',
      TWO.replace('block_retention', 'block_retentoin'),
      'error CONFIG-UNKNOWN-KEY 12: Tempo has no key "block_retentoin" under compactor.compaction',
    ],
    [
      'days in a Go duration',
      '2.6.0',
      TWO.replace('48h', '2d'),
      'error CONFIG-VALUE 12: Tempo refuses compactor.compaction.block_retention: "2d" is not a duration',
    ],
    [
      'processors without a generator',
      '2.6.0',
      TWO.replace('    path: /var/tempo/generator/wal\n', ''),
      'error CONFIG-TEMPO-GENERATOR 27: The processors service-graphs, span-metrics are asked for',
    ],
    [
      'metrics that go nowhere',
      '2.6.0',
      TWO.replace(/ {4}remote_write:\n.*\n.*\n/, ''),
      'warning CONFIG-TEMPO-GENERATOR 25: The processors service-graphs, span-metrics make metrics',
    ],
    [
      'no processors',
      '2.6.0',
      TWO.replace(/ {4}metrics_generator:\n.*\n/, ''),
      'warning CONFIG-TEMPO-GENERATOR 19: The metrics generator has a place to write to',
    ],
  ])('%s', (_, version, text, words) => {
    expect(said(read(version, text))).toContainEqual(expect.stringContaining(words));
  });

  it('takes flat overrides before 3.0, and after it where they are allowed', () => {
    const flat = 'overrides:\n  max_traces_per_user: 1000\n';
    expect(said(read('2.6.0', flat))).toEqual([]);
    expect(said(read('3.0.0', `${flat}  enable_legacy_overrides: true\n`))).toEqual([]);
    expect(read('2.6.0', flat).limits[2]).toMatchObject({
      key: 'overrides.max_traces_per_user',
      setting: { value: 1000 },
    });
  });

  it('says that retention deletes nothing while compaction is disabled', () => {
    const facts = read(
      '2.8.0',
      'overrides:\n  defaults:\n    compaction: { block_retention: 3d, compaction_disabled: true }\n',
    );
    expect(facts.retention[0]).toMatchObject({
      period: { value: 3 * 86_400_000, key: 'overrides.defaults.compaction.block_retention' },
      enablers: [{ satisfied: true }, { satisfied: false, setting: { value: true, at: { line: 3 } } }],
    });
  });

  it('expands variables, and reads what single tenants have', () => {
    const facts = read(
      '3.0.0',
      `server: { http_listen_port: \${PORT} }\nstorage: { trace: { backend: "\${BACKEND:-local}" } }\noverrides: { per_tenant_override_config: /etc/tenants.yaml }\n`,
      {
        flags: ['-config.expand-env=true'],
        environment: { PORT: '3333' },
        files: {
          '/etc/tenants.yaml':
            'overrides:\n  a:\n    ingestion: { max_traces_per_user: 5 }\n    compaction: { block_retention: 1h }\n',
        },
      },
    );
    expect(said(facts)).toEqual([]);
    expect(facts.listeners[0]).toMatchObject({ port: 3333, enabled: { from: 'environment' } });
    expect(facts.limits.at(-1)).toMatchObject({ tenant: 'a', setting: { value: 5 } });
    expect(facts.retention.map((one) => [one.tenant, one.period?.value])).toEqual([
      [undefined, 14 * 86_400_000],
      ['a', 3_600_000],
    ]);
  });
});

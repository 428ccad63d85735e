import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../../engines/types.ts';
import type { ServiceShape } from '../configs/reader.ts';
import { NO_SETTINGS } from '../settings/read-settings.ts';
import type { CommandWord, EngineName, Mount, Role } from '../types.ts';
import { containerFiles } from './container-files.ts';
import { type Recognition, recognise } from './recognise.ts';

const at = { file: 'compose.yaml', line: 1, column: 1 };
const words = (...texts: string[]): CommandWord[] => texts.map((text) => ({ text, at }));
const inline = (target: string, content: string): Mount => ({ kind: 'config', name: 'c', target, content, at });

const ALSO: Partial<Record<EngineName, string[]>> = {
  prometheus: ['prometheus/prometheus'],
  loki: ['bitnami/grafana-loki', 'loki'],
  otelcol: ['opentelemetry-collector-releases/opentelemetry-collector-contrib'],
  grafana: ['grafana/grafana-oss'],
};

/** As much of the catalog as recognising looks at. */
const CATALOG: CatalogEntry[] = (
  [
    ['prometheus', 'metrics', 'prom/prometheus', 9090, 'prometheus.yml', '3.16.0'],
    ['loki', 'logs', 'grafana/loki', 3100, 'loki.yaml', '3.7.8'],
    ['tempo', 'traces', 'grafana/tempo', 3200, 'tempo.yaml', '3.0.2'],
    ['alloy', 'gateway', 'grafana/alloy', 12345, 'config.alloy', '1.18.0'],
    ['otelcol', 'gateway', 'otel/opentelemetry-collector-contrib', 4317, 'otelcol.yaml', '0.161.0'],
    ['grafana', 'ui', 'grafana/grafana', 3000, 'grafana.ini', '12.1.0'],
    ['alertmanager', 'alerts', 'prom/alertmanager', 9093, 'alertmanager.yml', '0.34.2'],
    ['pushgateway', 'push', 'prom/pushgateway', 9091, '', '1.11.0'],
  ] as [EngineName, Role, string, number, string, string][]
).map(([engine, role, image, port, file, version]) => {
  const programs = engine === 'otelcol' ? ['otelcol', 'otelcol-contrib'] : [engine];
  return {
    engine,
    role,
    recognise: { images: [image, ...(ALSO[engine] ?? [])], programs, configFiles: [file], ports: [port] },
    versions: [version],
    defaultVersion: version,
    binary: programs[0] ?? engine,
    companions: [],
  } as unknown as CatalogEntry;
});

function look(service: Partial<ServiceShape>, ignore?: boolean): Recognition {
  const shape: ServiceShape = {
    name: 'thing',
    at,
    environment: {},
    mounts: [],
    ports: [],
    expose: [],
    networks: {},
    extraHosts: [],
    dependsOn: [],
    restart: 'no',
    readOnly: false,
    replicas: 1,
    recognisedBy: [],
    ...service,
  };
  const settings =
    ignore === undefined
      ? NO_SETTINGS
      : { ...NO_SETTINGS, services: { thing: { endpoints: {}, tenants: [], ignore, at } } };
  return recognise(shape, CATALOG, settings, containerFiles('/nowhere', shape));
}

function build(dockerfileInline: string, args: Record<string, string> = {}): Partial<ServiceShape> {
  return { build: { context: '/nowhere', dockerfileInline, args, at } };
}

describe('recognise', () => {
  it.each<[string, EngineName, string | undefined]>([
    ['prom/prometheus:v3.16.0', 'prometheus', '3.16.0'],
    ['quay.io/prometheus/prometheus:v2.53.1', 'prometheus', '2.53.1'],
    ['localhost:5000/mirror/grafana/loki:3.7.8@sha256:abcd', 'loki', '3.7.8'],
    ['registry.corp.example:5000/obs/loki:3.7', 'loki', '3.7'],
    ['harbor.example.org/team/loki:47', 'loki', undefined],
    ['grafana/tempo:latest', 'tempo', undefined],
    ['docker.io/grafana/grafana-oss:12.1.0-ubuntu', 'grafana', '12.1.0'],
    ['bitnami/grafana-loki:3.5.0-debian-12-r3', 'loki', '3.5.0'],
    [
      'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:0.161.0',
      'otelcol',
      '0.161.0',
    ],
    ['acme/our-otel-collector:0.12', 'otelcol', '0.12'],
    ['grafana/alloy@sha256:1234', 'alloy', undefined],
  ])('%s is %s %s', (image, engine, version) => {
    const found = look({ image });
    expect([found.engine, found.version]).toEqual([engine, version]);
    expect(found.reasons).not.toEqual([]);
  });

  it.each([
    'prom/node-exporter:v1.9.0',
    'quay.io/prometheus/node-exporter',
    'gcr.io/cadvisor/cadvisor:v0.52.1',
    'minio/minio',
    'nginx:1.29-alpine',
    'postgres:18',
    'acme/shop-frontend:4',
    'acme/prometheus-exporter:1',
    'grafana/loki-canary:3.7.8',
    'grafana/promtail:3.5.0',
    'grafana/agent:v0.44.2',
    'grafana/mimir:2.17.0',
    'grafana/otel-lgtm:0.11.0',
    'thanosio/thanos:v0.39.0',
    'victoriametrics/victoria-metrics:v1.120.0',
    'fluent/fluent-bit:4',
    'ghcr.io/open-telemetry/opentelemetry-collector-contrib/telemetrygen:0.161.0',
  ])('%s is none of our engines', (image) => {
    const ports = [9090, 3100, 3200, 4317].map((target) => ({ hostIp: '', target, protocol: 'tcp' as const, at }));
    expect(look({ image, ports, command: words('--config.file=/etc/prometheus.yml') }).engine).toBeUndefined();
  });

  it('knows a built image by what its last stage starts from', () => {
    const dockerfile =
      'ARG V=3.6.0\nFROM golang:1 AS tools\nFROM registry.corp/grafana/loki:$V AS run\nCOPY a /etc/loki/\n';
    expect(look(build(dockerfile))).toMatchObject({ engine: 'loki', version: '3.6.0', role: 'logs' });
    expect(look(build(dockerfile, { V: '3.7.8' })).version).toBe('3.7.8');
    expect(look({ ...build(dockerfile), image: 'acme/logstore:42' })).toMatchObject({
      engine: 'loki',
      version: '3.6.0',
    });
    expect(
      look(build('FROM grafana/loki:3.7.8 AS l\nFROM nginx:1\nCOPY --from=l /usr/bin/loki /x\n')).engine,
    ).toBeUndefined();
    expect(look(build('FROM alpine:3\nRUN get-loki\nENTRYPOINT ["/usr/bin/loki"]\n')).engine).toBe('loki');
  });

  it('knows an unnamed image by the configuration that its command line uses', () => {
    const image = 'registry.corp/obs-7:1';
    expect(
      look({
        image,
        command: words('-config.file=/x/a.yaml'),
        mounts: [inline('/x/a.yaml', 'schema_config:\n  configs: []\n')],
      }),
    ).toMatchObject({ engine: 'loki', role: 'logs' });
    expect(
      look({
        image,
        command: words('--config=/etc/gw.yaml'),
        mounts: [inline('/etc/gw.yaml', 'receivers:\n  otlp:\nservice:\n  pipelines:\n    traces: {}\n')],
      }).engine,
    ).toBe('otelcol');
    expect(
      look({ image, command: words('sh', '-c', 'sleep 1 && exec /opt/prometheus --config.file=/p.yml') }).engine,
    ).toBe('prometheus');
    expect(
      look({
        image,
        command: words('-c', '/e/p.yml'),
        mounts: [inline('/e/p.yml', 'clients: []\npositions: {}\nscrape_configs: []\n')],
      }).engine,
    ).toBeUndefined();
  });

  it('does not take an engine image that does an errand for the engine', () => {
    expect(
      look({ image: 'grafana/tempo:3.0.0', entrypoint: words('chown', '10001:10001', '/var/tempo') }).engine,
    ).toBeUndefined();
    expect(
      look({
        image: 'prom/prometheus:v3.16.0',
        entrypoint: words('/bin/promtool'),
        command: words('check', 'config', '/x'),
      }).engine,
    ).toBeUndefined();
    expect(
      look({ image: 'otel/opentelemetry-collector-contrib:0.161.0', command: words('validate', '--config=/x') }).engine,
    ).toBeUndefined();
    expect(look({ image: 'grafana/alloy:v1.18.0', command: words('run', '/etc/alloy/config.alloy') }).engine).toBe(
      'alloy',
    );
    expect(
      look({ image: 'grafana/grafana:12.1.0', entrypoint: words('sh', '-euc', 'mkdir -p /etc/grafana\n/run.sh\n') })
        .engine,
    ).toBe('grafana');
    expect(
      look({
        image: 'grafana/loki:3.7.8',
        entrypoint: words('/bin/sh', '-c', 'sleep 2; exec /usr/bin/loki -config.file=/x'),
      }).engine,
    ).toBe('loki');
  });

  it('takes Prometheus in agent mode for a gateway, and leaves alone what telltale.yaml says to ignore', () => {
    expect(look({ image: 'prom/prometheus:v3.16.0', command: words('--agent') }).role).toBe('gateway');
    expect(look({ image: 'prom/prometheus:v3.16.0' }, true).engine).toBeUndefined();
  });
});

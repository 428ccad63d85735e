import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { COLLECTOR_CASES, type CollectorCase } from './cases.ts';
import { readOtelcol } from './reader.ts';

function read(one: Pick<CollectorCase, 'yaml' | 'flags' | 'environment'>, version = '0.161.0'): EngineFacts {
  return readOtelcol(
    testContext({
      engine: 'otelcol',
      argv: ['/otelcol-contrib', '--config', '/etc/otelcol/config.yaml', ...(one.flags ?? [])],
      files: { '/etc/otelcol/config.yaml': one.yaml },
      environment: one.environment ?? {},
      version,
    }),
  );
}

function caseOf(title: string): CollectorCase {
  const found = COLLECTOR_CASES.find((one) => one.title === title);
  if (found === undefined) throw new Error(`there is no case "${title}"`);
  return found;
}

it.each(COLLECTOR_CASES)('$title: $errors', (one) => {
  const { findings } = read(one);
  const ids = (severity: string) =>
    findings
      .filter((finding) => finding.severity === severity)
      .map(({ id }) => id)
      .sort();
  expect([ids('error'), ids('warning')]).toEqual([[...one.errors].sort(), [...(one.warnings ?? [])].sort()]);
  for (const { at } of findings) expect(at?.line).toBeGreaterThan(0);
});

describe('everything at once', () => {
  const facts = read(caseOf('everything at once'));

  it('opens what it opens', () => {
    expect(
      facts.listeners.map(
        (one) => `${one.component} ${one.protocol} ${one.host}:${one.port}${one.path ?? ''} ${one.signals}`,
      ),
    ).toEqual([
      'otlp/in otlp-grpc 0.0.0.0:14317 traces,metrics,logs',
      'otlp/in otlp-http localhost:4318/custom/traces traces',
      'otlp/in otlp-http localhost:4318/v1/metrics metrics',
      'otlp/in otlp-http localhost:4318/v1/logs logs',
      'zipkin zipkin 0.0.0.0:9411/api/v2/spans traces',
      'prometheus prometheus-scrape 0.0.0.0:8889/metrics ',
      'health_check http-api 0.0.0.0:13133/ ',
      'pprof http-api localhost:1777/ ',
      'telemetry prometheus-scrape 0.0.0.0:8887/metrics ',
    ]);
  });

  it('sends where it sends', () => {
    expect(
      facts.outputs.map(
        ({ component, purpose, target }) =>
          `${component} ${purpose} ${target.scheme}://${target.host}:${target.port}${target.path}`,
      ),
    ).toEqual([
      'otlp_grpc/tempo push grpc://tempo:4317',
      'otlp_http/loki push http://loki:3100/custom',
      'prometheus_remote_write push http://prometheus:9090/api/v1/write',
      'prometheus/self scrape http://localhost:8888/metrics',
    ]);
    const [tempo] = facts.outputs;
    expect(tempo?.target).toMatchObject({ tenant: 'team-a', tlsInsecure: true, auth: { kind: 'bearer' } });
    expect(tempo?.target.auth?.secret?.()).toBe('s3cret');
    expect(JSON.stringify(facts)).not.toContain('"s3cret"');
  });

  it('leads the signals through connectors', () => {
    expect(facts.pipelines.map((one) => `${one.id}: ${one.receivers} -> ${one.exporters}`)).toEqual([
      'traces/in > traces/out: otlp/in,zipkin -> otlp_grpc/tempo',
      'traces/in > span_metrics: otlp/in,zipkin -> span_metrics',
      'metrics: otlp/in,prometheus/self,span_metrics -> prometheus',
      'metrics > prometheus_remote_write: otlp/in,prometheus/self,span_metrics -> prometheus_remote_write',
      'logs: otlp/in -> otlp_http/loki,debug',
    ]);
  });

  it('computes effects', () => {
    const effects = facts.pipelines.map((one) => one.processors.flatMap((processor) => processor.effects));
    expect(effects[0]).toEqual([
      { kind: 'drop', what: 'span: name == "health"' },
      { kind: 'set-attribute', scope: 'resource', key: 'deployment.environment', value: 'prod', mode: 'upsert' },
      { kind: 'delete-attribute', scope: 'span', key: 'secret' },
      { kind: 'redact', what: 'the attribute user is hashed' },
      { kind: 'rename-attribute', scope: 'span', from: 'old', to: 'new' },
      { kind: 'sample', ratio: 0.25 },
    ]);
    expect(effects[1]).toContainEqual({ kind: 'derive', from: 'traces', to: 'metrics', into: 'red' });
    expect(effects[2]).toEqual([]);
    expect(effects[3]).toEqual([{ kind: 'promote-label', attributes: ['*'] }]);
  });
});

it('puts variables in', () => {
  const facts = read(caseOf('variables'));
  expect(facts.outputs[0]?.target.written).toBe('http://loki:3100/otlp/v1/logs');
  expect(facts.listeners[0]).toMatchObject({ host: '127.0.0.1', port: 4317, at: { line: 3 } });
});

it('merges sources, flags last', () => {
  const facts = read(caseOf('flags and several sources'));
  expect(facts.listeners.find(({ protocol }) => protocol === 'otlp-http')).toMatchObject({
    port: 5318,
    at: { file: 'compose.yaml', line: 5 },
  });
});

it('bound to all addresses before 0.104', () => {
  const one = caseOf('protocols without values');
  expect(read(one).listeners[0]?.host).toBe('localhost');
  expect(read(one, '0.100.0').listeners[0]?.host).toBe('0.0.0.0');
});

it('expands as the Collector does', () => {
  const yaml = caseOf('a small healthy one').yaml.replace(
    '"http://loki:3100/otlp"',
    () => `"http://$$b$c-$\{D}-$$$$-$$\{D}"`,
  );
  expect(read({ yaml, environment: { D: 'dv' } }).outputs[0]?.target.written).toBe('http://$b$c-dv-$$-$dv/v1/logs');
});

import { describe, expect, it } from 'vitest';
import type { EngineFacts, Pipeline } from '../facts.ts';
import type { ServiceDefinition, Signal } from '../types.ts';
import { engine, listener, output, service, target, view } from './hand-made.ts';
import { ingestPromises } from './ingest.ts';

const at = { file: 'gw.yaml', line: 9, column: 5 };
const otlp = listener('otlp-grpc', 4317, { component: 'otlp', signals: ['metrics', 'logs', 'traces'] });

function pipeline(signal: Signal, receivers: string[], exporters: string[]): Pipeline {
  return { id: signal, signal, receivers, processors: [], exporters, at };
}

const loki = engine('lines', 'loki', {
  listeners: [listener('loki-push', 3100, { path: '/loki/api/v1/push', signals: ['logs'] })],
});
const tempo = engine('spans', 'tempo', { listeners: [listener('otlp-grpc', 4317, { signals: ['traces'] })] });
const prometheus = engine('series', 'prometheus', {
  listeners: [listener('http-api', 9090)],
  scrapes: [
    {
      job: 'x',
      targets: [],
      metricsPath: '/metrics',
      scheme: 'http',
      intervalMs: 1,
      honorLabels: false,
      discovered: false,
      at,
    },
  ],
});
const toLoki = output('loki', 'loki-push', target('lines', 3100, { path: '/loki/api/v1/push' }), { signals: ['logs'] });
const toTempo = output('otlp/spans', 'otlp-grpc', target('spans', 4317, { scheme: 'grpc' }), { signals: ['traces'] });

function told(services: ServiceDefinition[], others: Record<string, string> = {}): string[] {
  return ingestPromises(view(services, { others }))
    .filter((promise) => promise.subject === 'gw' || promise.subject === 'agent')
    .map((promise) => `${promise.kind} ${promise.subject} ${promise.broken?.why ?? 'open'}`);
}

const gw = (facts: Partial<EngineFacts>): ServiceDefinition => engine('gw', 'otelcol', { listeners: [otlp], ...facts });
const traces = pipeline('traces', ['otlp'], ['otlp/spans']);

describe('ingestPromises', () => {
  it('promises each signal with a backend, and finds the way there', () => {
    const gateway = gw({ outputs: [toLoki, toTempo], pipelines: [traces, pipeline('logs', ['otlp'], ['loki'])] });
    expect(told([gateway, loki, tempo])).toEqual(['ingest.logs gw open', 'ingest.traces gw open']);
  });

  it('breaks the promise where the pipeline is missing, has no exporter, or only a debug exporter', () => {
    const gateway = (pipelines: Pipeline[]): ServiceDefinition =>
      gw({ outputs: [toLoki, toTempo], pipelines: [traces, ...pipelines] });
    expect(told([gateway([]), loki, tempo])[0]).toBe(
      'ingest.logs gw no pipeline of gw takes logs from otlp, though lines stores logs',
    );
    expect(told([gateway([pipeline('logs', ['otlp'], [])]), loki, tempo])[0]).toContain('ends in no exporter');
    expect(told([gateway([pipeline('logs', ['otlp'], ['debug/x'])]), loki, tempo])[0]).toContain('stores nothing');
  });

  it('does not ask a gateway of traces for logs that others bring', () => {
    const gateway = gw({ outputs: [toTempo], pipelines: [traces] });
    expect(told([gateway, loki, tempo, service('shipper')], { shipper: 'Promtail' })).toEqual([
      'ingest.traces gw open',
    ]);
    expect(told([gateway, loki, tempo])[0]).toContain('no pipeline of gw takes logs');
    expect(told([gateway, prometheus, tempo])).toEqual(['ingest.traces gw open']);
  });

  it('follows gateways in a chain to their end', () => {
    const agent = engine('agent', 'otelcol', {
      listeners: [otlp],
      outputs: [output('otlp', 'otlp-grpc', target('gw', 4317, { scheme: 'grpc' }), { signals: ['logs'] })],
      pipelines: [pipeline('logs', ['otlp'], ['otlp'])],
    });
    const whole = gw({ outputs: [toLoki], pipelines: [pipeline('logs', ['otlp'], ['loki'])] });
    expect(told([agent, whole, loki])).toEqual(['ingest.logs agent open', 'ingest.logs gw open']);
    const broken = gw({ outputs: [toLoki], pipelines: [] });
    expect(told([agent, broken, loki])).toEqual([
      'ingest.logs agent no pipeline of gw takes logs from otlp, though lines stores logs',
      'ingest.logs gw no pipeline of gw takes logs from otlp, though lines stores logs',
    ]);
  });

  it('asks that somebody scrapes an exporter that waits to be scraped', () => {
    const exporter = listener('prometheus-scrape', 8889, { component: 'prometheus' });
    const gateway = gw({ listeners: [otlp, exporter], pipelines: [pipeline('metrics', ['otlp'], ['prometheus'])] });
    expect(told([gateway, prometheus])[0]).toContain('which nobody scrapes');
    const scraping = engine('series', 'prometheus', {
      scrapes: [{ ...(prometheus.facts?.scrapes[0] ?? never()), targets: [{ address: 'gw:8889', at }] }],
    });
    expect(told([gateway, scraping])).toEqual(['ingest.metrics gw open']);
  });

  it('knows a receiver that only its own container reaches, and leaves an unused second one alone', () => {
    const local = { ...otlp, host: 'localhost' };
    const pipelines = [pipeline('logs', ['otlp'], ['loki'])];
    expect(told([gw({ listeners: [local], outputs: [toLoki], pipelines }), loki])[0]).toContain(
      'only, which nothing outside',
    );
    expect(
      told([
        gw({ listeners: [otlp, { ...local, protocol: 'otlp-http', port: 4318 }], outputs: [toLoki], pipelines }),
        loki,
      ]),
    ).toEqual(['ingest.logs gw open']);
  });
});

function never(): never {
  throw new Error('no job');
}

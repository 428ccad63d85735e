import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { readAlloy } from './reader.ts';

interface Options {
  readonly version?: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

const read = (text: string, options: Options = {}): EngineFacts =>
  readAlloy(
    testContext({
      engine: 'alloy',
      argv: ['/bin/alloy', 'run', '/etc/alloy/config.alloy', ...(options.flags ?? [])],
      version: options.version ?? '1.12.0',
      environment: options.environment ?? {},
      files: { '/etc/alloy/config.alloy': text, ...options.files },
    }),
  );

const said = (facts: EngineFacts): string[] =>
  facts.findings.map((finding) => `${finding.severity} ${finding.id} ${finding.at?.line}: ${finding.message}`);

const ways = (facts: EngineFacts): string[] =>
  facts.pipelines.map((pipeline) =>
    [pipeline.signal, pipeline.receivers, pipeline.processors.map((step) => step.component), pipeline.exporters]
      .map((part) => (typeof part === 'string' ? part : part.join('+')))
      .join(' | '),
  );

const GATEWAY = `
otelcol.receiver.otlp "in" {
  grpc { endpoint = "0.0.0.0:4317" }
  http { }
  output {
    metrics = [otelcol.processor.batch.all.input]
    logs    = [otelcol.processor.batch.all.input]
    traces  = [otelcol.processor.attributes.tag.input, otelcol.connector.spanmetrics.red.input]
  }
}
otelcol.processor.attributes "tag" {
  action {
    key    = "env"
    value  = "prod"
    action = "insert"
  }
  output { traces = [otelcol.processor.batch.all.input] }
}
otelcol.connector.spanmetrics "red" {
  histogram { explicit { } }
  output { metrics = [otelcol.exporter.prometheus.prom.input] }
}
otelcol.processor.batch "all" {
  output {
    metrics = [otelcol.exporter.prometheus.prom.input]
    logs    = [otelcol.exporter.otlphttp.logs.input]
    traces  = [otelcol.exporter.otlp.traces.input]
  }
}
otelcol.exporter.prometheus "prom" { forward_to = [prometheus.remote_write.prom.receiver] }
prometheus.remote_write "prom" {
  endpoint {
    url = "http://" + sys.env("PROM_HOST") + ":9090/api/v1/write"
    basic_auth {
      username = "me"
      password_file = "/run/secrets/prom"
    }
  }
}
otelcol.exporter.otlphttp "logs" {
  client {
    endpoint = "http://logs:3100/otlp"
    headers  = { "X-Scope-OrgID" = "shop" }
  }
}
otelcol.exporter.otlp "traces" {
  client {
    endpoint = "spans:4317"
    tls { insecure = true }
  }
}
`;

describe('Alloy as a gateway', () => {
  const facts = read(GATEWAY, { environment: { PROM_HOST: 'metrics' }, files: { '/run/secrets/prom': 's3cret\n' } });

  it('has nothing against a healthy configuration', () => {
    expect(said(facts)).toEqual([]);
  });

  it('knows what it listens on', () => {
    expect(
      facts.listeners.map((one) => `${one.protocol} ${one.host}:${one.port}${one.path ?? ''} ${one.signals}`),
    ).toEqual([
      'http-api 127.0.0.1:12345 ',
      'otlp-grpc 0.0.0.0:4317 metrics,logs,traces',
      'otlp-http 0.0.0.0:4318/v1/metrics metrics',
      'otlp-http 0.0.0.0:4318/v1/logs logs',
      'otlp-http 0.0.0.0:4318/v1/traces traces',
    ]);
  });

  it('follows every signal to its exporter, through connectors as well', () => {
    expect(ways(facts)).toEqual([
      'metrics | otelcol.receiver.otlp.in | otelcol.processor.batch.all+otelcol.exporter.prometheus.prom | prometheus.remote_write.prom',
      'logs | otelcol.receiver.otlp.in | otelcol.processor.batch.all | otelcol.exporter.otlphttp.logs',
      'traces | otelcol.receiver.otlp.in | otelcol.processor.attributes.tag+otelcol.processor.batch.all | otelcol.exporter.otlp.traces',
      'traces | otelcol.receiver.otlp.in | otelcol.connector.spanmetrics.red | otelcol.connector.spanmetrics.red',
      'metrics | otelcol.connector.spanmetrics.red | otelcol.exporter.prometheus.prom | prometheus.remote_write.prom',
    ]);
    expect(facts.pipelines[2]?.processors[0]?.effects).toEqual([
      { kind: 'set-attribute', scope: 'span', key: 'env', value: 'prod', mode: 'insert' },
    ]);
    expect(facts.pipelines[3]?.processors[0]?.effects).toEqual([
      { kind: 'derive', from: 'traces', to: 'metrics', into: 'traces.span.metrics' },
    ]);
  });

  it('knows what it sends to, with tenants and credentials', () => {
    expect(
      facts.outputs.map(({ component, protocol, signals, target }) => ({ component, protocol, signals, ...target })),
    ).toEqual([
      {
        component: 'prometheus.remote_write.prom',
        protocol: 'prometheus-remote-write',
        signals: ['metrics'],
        written: 'http://metrics:9090/api/v1/write',
        scheme: 'http',
        host: 'metrics',
        port: 9090,
        path: '/api/v1/write',
        headers: [],
        auth: expect.objectContaining({ kind: 'basic', username: 'me' }),
      },
      expect.objectContaining({
        protocol: 'otlp-http',
        signals: ['logs'],
        host: 'logs',
        path: '/otlp/v1/logs',
        tenant: 'shop',
        headers: ['X-Scope-OrgID'],
      }),
      expect.objectContaining({ protocol: 'otlp-grpc', scheme: 'grpc', host: 'spans', port: 4317, tlsInsecure: true }),
    ]);
    expect(facts.outputs[0]?.target.auth?.secret?.()).toBe('s3cret');
  });
});

describe('Alloy: what is wrong', () => {
  it('shows a signal of an open receiver that goes nowhere', () => {
    const facts = read(`
otelcol.receiver.otlp "in" {
  grpc { }
  output {
    metrics = []
    traces  = [otelcol.exporter.otlp.t.input]
  }
}
otelcol.exporter.otlp "t" { client { endpoint = "t:4317" } }`);
    expect(ways(facts)).toEqual([
      'metrics | otelcol.receiver.otlp.in |  | ',
      'logs | otelcol.receiver.otlp.in |  | ',
      'traces | otelcol.receiver.otlp.in |  | otelcol.exporter.otlp.t',
    ]);
    expect(facts.pipelines[0]?.at.line).toBe(5);
  });

  it.each<[string, string, Options | undefined, string]>([
    [
      'a reference to a component that does not exist',
      GATEWAY.replace('[otelcol.exporter.otlp.traces.input]', '[otelcol.exporter.otlp.trace.input]'),
      undefined,
      'error REF-ALLOY-COMPONENT 27: otelcol.exporter.otlp.trace.input leads nowhere',
    ],
    [
      'an export that does not exist',
      GATEWAY.replace('prom.receiver', 'prom.input'),
      undefined,
      'error REF-ALLOY-EXPORT 30: prometheus.remote_write.prom.input leads nowhere: prometheus.remote_write exports "receiver", not "input"',
    ],
    [
      'the wrong kind of consumer',
      GATEWAY.replace(
        '[otelcol.exporter.prometheus.prom.input]\n    logs',
        '[prometheus.remote_write.prom.receiver]\n    logs',
      ),
      undefined,
      'error REF-ALLOY-KIND 25: output.metrics of otelcol.processor.batch.all needs an OpenTelemetry consumer',
    ],
    [
      'a processor that is left out',
      GATEWAY.replace('otelcol.processor.attributes.tag.input, ', ''),
      undefined,
      'warning REF-ALLOY-UNUSED 11: Nothing is sent to otelcol.processor.attributes.tag',
    ],
    [
      'a signal that a processor does not hand on',
      GATEWAY.replace(/ {4}logs {4}= \[otelcol.exporter.otlphttp.*\n/, ''),
      undefined,
      'error REF-ALLOY-NOWHERE 24: otelcol.processor.batch.all is sent logs and hands them on to nobody',
    ],
    [
      'an unknown attribute',
      'loki.write "a" { endpoint { ulr = "x" } }',
      undefined,
      'error CONFIG-ALLOY-ARGUMENT 1: the block "endpoint" of loki.write has no attribute "ulr"',
    ],
    [
      'a missing attribute',
      'prometheus.scrape "a" { targets = [] }',
      undefined,
      'error CONFIG-ALLOY-REQUIRED 1: The attribute "forward_to" of prometheus.scrape',
    ],
    [
      'a block as attribute',
      'otelcol.exporter.otlp "a" { client = { endpoint = "x:1" } }',
      undefined,
      'error CONFIG-ALLOY-ARGUMENT 1: "client" of otelcol.exporter.otlp is a block',
    ],
    [
      'a label that stands twice',
      'loki.echo "a" { }\nloki.echo "a" { }',
      undefined,
      'error CONFIG-ALLOY-DUPLICATE 2: loki.echo "a" stands twice',
    ],
    ['no label', 'loki.echo { }', undefined, 'error CONFIG-ALLOY-LABEL 1: loki.echo has no label'],
    [
      'a misspelt component',
      'otelcol.reciever.otlp "a" { }',
      undefined,
      'error CONFIG-ALLOY-COMPONENT 1: Alloy has no component "otelcol.reciever.otlp"',
    ],
    [
      'an experimental component',
      'otelcol.exporter.debug "a" { }',
      undefined,
      'error CONFIG-ALLOY-STABILITY 1: otelcol.exporter.debug is experimental',
    ],
    [
      'a component that came later',
      'otelcol.processor.metric_start_time "a" { output { } }',
      { version: '1.5.1' },
      'error CONFIG-ALLOY-VERSION 1: otelcol.processor.metric_start_time came with Alloy 1.13',
    ],
    [
      'an unset variable in an endpoint',
      GATEWAY.replace('"spans:4317"', 'sys.env("NOT_SET")'),
      { environment: { PROM_HOST: 'm' } },
      'error CONFIG-ALLOY-ENDPOINT 48: The endpoint of otelcol.exporter.otlp.traces is empty',
    ],
    [
      'a misspelt function',
      'loki.write "a" { endpoint { url = sys.evn("X") } }',
      undefined,
      'error REF-ALLOY-FUNCTION 1: Alloy has no function "sys.evn"',
    ],
    ['broken syntax', 'loki.write "a" {', undefined, 'error CONFIG-SYNTAX 1: Alloy cannot read this file'],
    [
      'a signal that the consumer does not take',
      GATEWAY.replace(
        'logs    = [otelcol.exporter.otlphttp.logs.input]',
        'logs = [otelcol.exporter.prometheus.prom.input]',
      ),
      undefined,
      'error REF-ALLOY-SIGNAL 26: otelcol.processor.batch.all sends logs to otelcol.exporter.prometheus.prom, which takes metrics only',
    ],
  ])('%s', (_, text, options, words) => {
    expect(said(read(text, { environment: { PROM_HOST: 'm' }, ...options }))).toContainEqual(
      expect.stringContaining(words),
    );
  });

  it('allows an experimental component at that stability level', () => {
    expect(said(read('otelcol.exporter.debug "a" { }', { flags: ['--stability.level=experimental'] }))).toEqual([
      expect.stringContaining('REF-ALLOY-UNUSED'),
    ]);
  });
});

describe('Alloy: logs, scrapes and modules', () => {
  it('reads Loki stages, scrape targets and the server flags', () => {
    const facts = read(
      `
loki.source.api "push" {
  http { listen_port = 9999 }
  forward_to = [loki.process.shape.receiver]
}
loki.process "shape" {
  stage.json { expressions = { level = "level" } }
  stage.labels { values = { level = "" } }
  stage.static_labels { values = { env = "dev" } }
  stage.drop { expression = ".*debug.*" }
  forward_to = [loki.write.store.receiver]
}
loki.write "store" {
  endpoint {
    url       = "http://logs:3100/loki/api/v1/push"
    tenant_id = "t1"
  }
}
prometheus.exporter.self "me" { }
prometheus.scrape "apps" {
  targets    = concat([{ __address__ = "api:8080", job = "api" }], prometheus.exporter.self.me.targets)
  scrape_interval = "15s"
  forward_to = [prometheus.remote_write.p.receiver]
}
prometheus.remote_write "p" { endpoint { url = "https://p/api/v1/write" } }`,
      { flags: ['--server.http.listen-addr=0.0.0.0:12345', '--storage.path', '/data', '--disable-reporting'] },
    );
    expect(said(facts)).toEqual([]);
    expect(facts.listeners[0]).toMatchObject({ host: '0.0.0.0', port: 12345 });
    expect(facts.listeners[1]).toMatchObject({ protocol: 'loki-push', port: 9999, path: '/loki/api/v1/push' });
    expect(facts.storage[0]?.path).toBe('/data');
    expect(facts.features['usage-reporting']?.value).toBe(false);
    expect(facts.outputs[0]?.target).toMatchObject({ tenant: 't1', port: 3100 });
    expect(facts.outputs[1]?.target).toMatchObject({ scheme: 'https', port: 443 });
    expect(facts.pipelines[0]?.processors[0]?.effects).toEqual([
      { kind: 'promote-label', attributes: ['level'] },
      { kind: 'set-attribute', scope: 'any', key: 'env', value: 'dev', mode: 'upsert' },
      { kind: 'drop', what: 'lines by stage.drop' },
    ]);
    expect(facts.scrapes[0]).toMatchObject({
      targets: [{ address: 'api:8080' }],
      intervalMs: 15_000,
      discovered: false,
    });
  });

  it('follows custom components, imported files and loops', () => {
    const facts = read(
      `
import.file "lib" { filename = "/etc/alloy/lib.alloy" }
import.git "far" { repository = "https://example.org/x.git" }
declare "ship" {
  argument "url" { }
  argument "tenant" {
    optional = true
    default  = "none"
  }
  loki.write "out" {
    endpoint {
      url       = argument.url.value
      tenant_id = argument.tenant.value
    }
  }
  export "receiver" { value = loki.write.out.receiver }
}
ship "a" { url = "http://logs:3100/push" }
lib.bridge "b" { to = [ship.a.receiver] }
far.thing "c" { x = [ship.a.receiver] }
otelcol.receiver.otlp "in" {
  grpc { }
  output { logs = [lib.bridge.b.input] }
}
foreach "hosts" {
  collection = ["x", "y"]
  var        = "host"
  template {
    prometheus.scrape "s" {
      targets    = [{ "__address__" = host + ":80" }]
      forward_to = [prometheus.remote_write.p.receiver]
    }
    prometheus.remote_write "p" { endpoint { url = "http://" + host + "/w" } }
  }
}`,
      {
        files: {
          '/etc/alloy/lib.alloy':
            'declare "bridge" {\n  argument "to" { }\n  otelcol.exporter.loki "l" { forward_to = argument.to.value }\n  export "input" { value = otelcol.exporter.loki.l.input }\n}',
        },
      },
    );
    expect(said(facts)).toEqual([]);
    expect(ways(facts)).toContain(
      'logs | otelcol.receiver.otlp.in | lib.bridge.b/otelcol.exporter.loki.l | ship.a/loki.write.out',
    );
    expect(facts.outputs[0]).toMatchObject({
      component: 'ship.a/loki.write.out',
      target: { host: 'logs', tenant: 'none' },
    });
    expect(facts.scrapes.map((scrape) => scrape.targets[0]?.address)).toEqual(['x:80', 'y:80']);
  });
});

/** Configurations whose fate is known, for the quick test and for the one on the real Collector. */
export interface CollectorCase {
  readonly title: string;
  readonly yaml: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  readonly warnings?: readonly string[];
  /** Seen only when the Collector really starts, not by `validate`. */
  readonly runtimeOnly?: boolean;
}

const PLAIN = `receivers:
  otlp:
    protocols: {grpc: {endpoint: "0.0.0.0:4317"}, http: {endpoint: "0.0.0.0:4318"}}
processors:
  batch: {}
exporters:
  debug: {}
  otlp_http/logs: {endpoint: "http://loki:3100/otlp"}
service:
  pipelines:
    logs: {receivers: [otlp], processors: [batch], exporters: [otlp_http/logs, debug]}
`;

const variable = (body: string): string => `$\{${body}}`;

export const COLLECTOR_CASES: readonly CollectorCase[] = [
  { title: 'a small healthy one', yaml: PLAIN, errors: [] },
  {
    title: 'everything at once',
    yaml: `extensions:
  health_check: {endpoint: "0.0.0.0:13133"}
  bearertokenauth/tempo: {token: s3cret}
  file_storage/queue: {directory: /tmp, create_directory: true}
  pprof: {}
receivers:
  otlp/in:
    protocols:
      grpc: {endpoint: "0.0.0.0:14317"}
      http: {traces_url_path: /custom/traces}
  zipkin: {endpoint: "0.0.0.0:9411"}
  prometheus/self:
    config:
      scrape_configs: [{job_name: self, scrape_interval: 5s, static_configs: [{targets: ["localhost:8888"]}]}]
processors:
  memory_limiter: {check_interval: 1s, limit_mib: 100}
  batch: {}
  resource/env: {attributes: [{key: deployment.environment, value: prod, action: upsert}]}
  attributes/clean: {actions: [{key: secret, action: delete}, {key: user, action: hash}]}
  transform/rename:
    trace_statements:
      - set(span.attributes["new"], span.attributes["old"])
      - delete_key(span.attributes, "old")
  filter/noise: {traces: {span: ['name == "health"']}}
  probabilistic_sampler: {sampling_percentage: 25}
  tail_sampling: {policies: [{name: all, type: always_sample}]}
connectors:
  span_metrics: {namespace: red}
  forward/join: {}
exporters:
  debug: {}
  otlp_grpc/tempo:
    endpoint: tempo:4317
    tls: {insecure: true}
    auth: {authenticator: bearertokenauth/tempo}
    sending_queue: {storage: file_storage/queue}
    headers: {X-Scope-OrgID: team-a}
  otlp_http/loki: {endpoint: "http://loki:3100/otlp/", logs_endpoint: "http://loki:3100/custom"}
  prometheus_remote_write: {endpoint: "http://prometheus:9090/api/v1/write", resource_to_telemetry_conversion: {enabled: true}}
  prometheus: {endpoint: "0.0.0.0:8889"}
service:
  extensions: [health_check, bearertokenauth/tempo, file_storage/queue, pprof]
  telemetry: {metrics: {readers: [{pull: {exporter: {prometheus: {host: 0.0.0.0, port: 8887}}}}]}}
  pipelines:
    traces/in: {receivers: [otlp/in, zipkin], processors: [memory_limiter, filter/noise], exporters: [forward/join, span_metrics]}
    traces/out: {receivers: [forward/join], processors: [resource/env, attributes/clean, transform/rename, probabilistic_sampler, tail_sampling, batch], exporters: [otlp_grpc/tempo]}
    metrics: {receivers: [otlp/in, prometheus/self, span_metrics], exporters: [prometheus_remote_write, prometheus]}
    logs: {receivers: [otlp/in], exporters: [otlp_http/loki, debug]}
`,
    errors: [],
  },
  {
    title: 'old names',
    yaml: PLAIN.replaceAll('otlp_http', 'otlphttp'),
    errors: [],
  },
  {
    title: 'variables',
    yaml: PLAIN.replace(
      'http://loki:3100/otlp',
      `${variable('env:LOKI:-http://loki:3100')}/${variable('PATH_OF')}`,
    ).replace('"0.0.0.0:4317"', `"${variable('env:HOST')}:4317"`),
    environment: { PATH_OF: 'otlp', HOST: '127.0.0.1' },
    errors: [],
  },
  {
    title: 'flags and several sources',
    yaml: PLAIN,
    flags: [
      '--config=yaml:exporters::debug::verbosity: detailed',
      '--set=receivers.otlp.protocols.http.endpoint=0.0.0.0:5318',
    ],
    errors: [],
  },
  {
    title: 'protocols without values',
    yaml: PLAIN.replace(/protocols: .*/, 'protocols: {grpc: , http: }'),
    errors: [],
  },
  {
    title: 'components that nobody uses',
    yaml: PLAIN.replace('debug: {}', 'debug: {}\n  nop: {}').replace('processors:\n', 'processors:\n  batch/2: {}\n'),
    errors: [],
    warnings: ['CONFIG-UNUSED', 'CONFIG-UNUSED'],
  },
  {
    title: 'an extension that is not switched on',
    yaml: `extensions: {health_check: {}}\n${PLAIN}`,
    errors: [],
    warnings: ['CONFIG-UNUSED'],
  },

  {
    title: 'an undefined exporter',
    yaml: PLAIN.replace('exporters: [otlp_http/logs,', 'exporters: [otlp_http/log,'),
    errors: ['REF-COMPONENT'],
    warnings: ['CONFIG-UNUSED'],
  },
  {
    title: 'an undefined processor',
    yaml: PLAIN.replace('processors: [batch]', 'processors: [batch, memory_limiter]'),
    errors: ['REF-COMPONENT'],
  },
  {
    title: 'an undefined receiver',
    yaml: PLAIN.replace('receivers: [otlp]', 'receivers: [otlp, zipkin]'),
    errors: ['REF-COMPONENT'],
  },
  {
    title: 'a pipeline without exporters',
    yaml: PLAIN.replace('exporters: [otlp_http/logs, debug]', 'exporters: []'),
    errors: ['CONFIG-PIPELINES'],
    warnings: ['CONFIG-UNUSED', 'CONFIG-UNUSED'],
  },
  {
    title: 'a pipeline without receivers',
    yaml: PLAIN.replace('receivers: [otlp], ', ''),
    errors: ['CONFIG-PIPELINES'],
    warnings: ['CONFIG-UNUSED'],
  },
  {
    title: 'no pipelines',
    yaml: PLAIN.replace(/ {2}pipelines:\n.*\n/, '  telemetry: {}\n'),
    errors: ['CONFIG-PIPELINES'],
    warnings: ['CONFIG-UNUSED', 'CONFIG-UNUSED', 'CONFIG-UNUSED', 'CONFIG-UNUSED'],
  },
  {
    title: 'a pipeline of no signal',
    yaml: PLAIN.replace('    logs:', '    log:'),
    errors: ['CONFIG-PIPELINES'],
    warnings: ['CONFIG-UNUSED', 'CONFIG-UNUSED', 'CONFIG-UNUSED', 'CONFIG-UNUSED'],
  },
  {
    title: 'an unknown key at the top',
    yaml: PLAIN.replace('processors:\n', 'processor:\n'),
    errors: ['CONFIG-UNKNOWN-KEY', 'REF-COMPONENT'],
  },
  {
    title: 'an unknown key of a pipeline',
    yaml: PLAIN.replace('processors: [batch]', 'processor: [batch]'),
    errors: ['CONFIG-UNKNOWN-KEY'],
    warnings: ['CONFIG-UNUSED'],
  },
  {
    title: 'an unknown key of the service',
    yaml: PLAIN.replace('service:\n', 'service:\n  pipeline: {}\n'),
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'an undefined extension',
    yaml: PLAIN.replace('service:\n', 'service:\n  extensions: [health_check]\n'),
    errors: ['REF-EXTENSION'],
  },
  {
    title: 'an authenticator that is not there',
    yaml: PLAIN.replace('/otlp"}', '/otlp", auth: {authenticator: bearertokenauth}}'),
    runtimeOnly: true,
    errors: ['REF-EXTENSION'],
  },
  {
    title: 'a queue without its store',
    yaml: PLAIN.replace('/otlp"}', '/otlp", sending_queue: {storage: file_storage}}'),
    runtimeOnly: true,
    errors: ['REF-EXTENSION'],
  },
  {
    title: 'a connector with one side',
    yaml: PLAIN.replace('service:\n', 'connectors: {forward: {}}\nservice:\n').replace('debug]', 'debug, forward]'),
    errors: ['REF-COMPONENT'],
  },
  {
    title: 'an exporter without an endpoint',
    yaml: PLAIN.replace('{endpoint: "http://loki:3100/otlp"}', '{}'),
    errors: ['CONFIG-URL'],
  },
  {
    title: 'a receiver without protocols',
    yaml: PLAIN.replace(/ {4}protocols: .*/, '    {}'),
    errors: ['CONFIG-VALUE'],
  },
  {
    title: 'a variable with a bad name',
    yaml: PLAIN.replace('http://loki', variable('env:A B')),
    errors: ['CONFIG-EXPANSION', 'CONFIG-URL'],
  },
  { title: 'an unknown flag', yaml: PLAIN, flags: ['--log-level=debug'], errors: ['CONFIG-FLAG'] },
  {
    title: 'the removed address of its own metrics',
    yaml: PLAIN.replace('service:\n', 'service:\n  telemetry: {metrics: {address: ":8888"}}\n'),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  {
    title: 'an unknown key of a component',
    yaml: PLAIN.replace('debug: {}', 'debug: {verbosiity: detailed}'),
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'an unknown key deep in a component',
    yaml: PLAIN.replace('grpc: {', 'grpc: {max_recv_msg_size_mb: 4, '),
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'unknown keys where HTTP settings stand, which are dropped without a word',
    yaml: PLAIN.replace('/otlp"}', '/otlp", endpont: x}').replace('http: {', 'http: {inclde_metadata: true, '),
    errors: [],
    warnings: ['CONFIG-UNKNOWN-KEY', 'CONFIG-UNKNOWN-KEY'],
  },
];

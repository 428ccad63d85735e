import type { EngineRow, Evidence, Level, PlannedRow, ResultRow, RunEvent, Verdict } from '../../schemas/results.ts';

const START = Date.parse('2026-11-22T12:00:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

interface Requirement {
  readonly id: string;
  readonly area: string;
  readonly level?: Level;
  readonly title: string;
  readonly because: string;
  readonly on: readonly (readonly [subject: string, column: string])[];
}

const SERVICES = ['gateway', 'metricstore', 'logstore', 'alerts'];
const each = (column: string, ...subjects: string[]) => subjects.map((subject) => [subject, column] as const);

const REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'READY-01',
    area: 'readiness',
    title: 'Every component starts and says that it is ready',
    because: 'what does not start keeps no promise',
    on: each('', ...SERVICES, 'tracestore'),
  },
  {
    id: 'READY-02',
    area: 'readiness',
    title: 'The first 200 is followed by a write that is accepted and read back',
    because: 'a component that is ready too early loses what it is sent',
    on: each('', 'metricstore', 'logstore'),
  },
  {
    id: 'READY-03',
    area: 'readiness',
    title: 'No component restarts',
    because: 'a restart policy hides a crash',
    on: each('', ...SERVICES),
  },
  {
    id: 'CONFIG-PARSE-01',
    area: 'config',
    title: 'The configuration parses with the engine of this version',
    because: 'a key that is not known is a promise that nobody reads',
    on: each('', ...SERVICES),
  },
  {
    id: 'CONFIG-REF-02',
    area: 'config',
    title: 'Every exporter names a receiver that is open',
    because: 'telemetry sent to a closed port is lost in silence',
    on: each('', 'gateway'),
  },
  ...['metric', 'log', 'trace'].map((signal) => ({
    id: `INGEST-${signal.toUpperCase()}-01`,
    area: 'ingest',
    title: `A ${signal} that is pushed comes back value for value`,
    because: 'accepted is not stored',
    on: [
      ...(['otlp-grpc', 'otlp-http-protobuf', 'otlp-http-json'] as const).map((column) => ['gateway', column] as const),
      ...(signal === 'metric' ? [['metricstore', 'otlp'] as const, ['metricstore', 'remote-write'] as const] : []),
      ...(signal === 'log' ? [['logstore', 'push'] as const, ['logstore', 'otlp'] as const] : []),
      ...(signal === 'trace' ? [['tracestore', 'otlp-grpc'] as const] : []),
    ],
  })),
  ...Array.from({ length: 45 }, (_, i) => ({
    id: `PROMQL-${['RATE', 'SUM', 'HISTOGRAM', 'JOIN', 'SUBQUERY'][i % 5]}-${String(Math.floor(i / 5) + 1).padStart(2, '0')}`,
    area: 'promql',
    title:
      ['rate() of a counter', 'sum by (label)', 'histogram_quantile()', 'on() group_left()', 'a subquery'][i % 5] ?? '',
    because: 'the counter grows by 2 every 10 s, 0.2 a second',
    on: each('', 'metricstore'),
  })),
  {
    id: 'LOGQL-PATTERN-01',
    area: 'logql',
    title: '| pattern takes fields out of a line',
    because: 'the story logs 12 lines of that shape',
    on: each('', 'logstore'),
  },
  {
    id: 'CORR-TRACE-LOG-01',
    area: 'correlation',
    title: 'From a span to its log lines by trace_id',
    because: 'a link that leads nowhere costs the minutes it was made to save',
    on: [['logstore', 'derived field']],
  },
  {
    id: 'LOKI-RETENTION-01',
    area: 'retention',
    title: 'Log lines older than retention_period are deleted',
    because: 'a policy that is configured but not applied is worse than none: it is believed',
    on: [['logstore', '']],
  },
  {
    id: 'PROM-RETENTION-01',
    area: 'retention',
    title: 'Samples older than the retention time are deleted',
    because: 'a disk that fills up stops everything',
    on: [['metricstore', '']],
  },
  {
    id: 'LIMIT-RATE-01',
    area: 'limits',
    title: 'A burst over ingestion_rate_mb is refused with 429',
    because: 'a limit that does not refuse protects nobody',
    on: each('', 'logstore'),
  },
  {
    id: 'SEC-ANON-01',
    area: 'security',
    level: 'SHOULD',
    title: 'Nothing answers without credentials on an address other than localhost',
    because: 'telemetry holds what users do',
    on: each('', ...SERVICES),
  },
];

const ENGINES: readonly EngineRow[] = [
  { service: 'gateway', engine: 'otelcol', version: '0.161.0', role: 'gateway', source: 'cache' },
  { service: 'metricstore', engine: 'prometheus', version: '3.16.0', role: 'metrics', source: 'cache' },
  { service: 'logstore', engine: 'loki', version: '3.7.8', role: 'logs', source: 'cache', asked: '3.7.2' },
  { service: 'alerts', engine: 'alertmanager', version: '0.34.2', role: 'metrics', source: 'PATH' },
  { service: 'tracestore', engine: 'tempo', version: '3.1.0', role: 'traces', source: 'missing' },
];

type Told = { readonly verdict: Verdict } & Partial<ResultRow>;

const curl = (asked: string, status: number, answer: string): Evidence => ({
  kind: 'http',
  asked,
  status,
  answer,
  at: at(9000),
});

const TOLD: Readonly<Record<string, Told>> = {
  'READY-01 tracestore ': {
    verdict: 'blocked',
    message: 'tempo 3.1.0 is not on this machine and no registry here has it.',
    blockedBy: 'tempo',
    remedy: 'run: telltale engines install tempo@3.1.0',
  },
  'INGEST-TRACE-01 tracestore otlp-grpc': {
    verdict: 'blocked',
    message: 'Nothing can be read back while tracestore does not run.',
    blockedBy: 'READY-01 tracestore ',
  },
  'INGEST-TRACE-01 gateway otlp-grpc': {
    verdict: 'blocked',
    message: 'Nothing can be read back while tracestore does not run.',
    blockedBy: 'READY-01 tracestore ',
  },
  'INGEST-TRACE-01 gateway otlp-http-protobuf': {
    verdict: 'blocked',
    message: 'Nothing can be read back while tracestore does not run.',
    blockedBy: 'READY-01 tracestore ',
  },
  'INGEST-TRACE-01 gateway otlp-http-json': {
    verdict: 'blocked',
    message: 'Nothing can be read back while tracestore does not run.',
    blockedBy: 'READY-01 tracestore ',
  },
  'LOKI-RETENTION-01 logstore ': {
    verdict: 'fail',
    message:
      'promised 14 days (conf/logstore.yaml:21), nothing is ever deleted\ncompactor.retention_enabled is false (conf/logstore.yaml:18, and GET /config agrees)',
    promised: '14 days (conf/logstore.yaml:21)',
    expected: 'compactor.retention_enabled: true',
    got: 'compactor.retention_enabled: false',
    remedy: 'set compactor.retention_enabled: true and compactor.delete_request_store: filesystem',
    evidence: [
      curl(
        "curl -s 'http://127.0.0.1:3100/config'",
        200,
        'compactor:\n  working_directory: /loki/compactor\n  retention_enabled: false',
      ),
    ],
  },
  'PROMQL-RATE-03 metricstore ': {
    verdict: 'fail',
    message: 'rate(shop_orders_total{run="r7f3"}[1m]) is 0.1 for service_name="api" and should be 0.2',
    promised: 'a scrape every 10 s (conf/metricstore.yml:3:20)',
    expected: '{service_name="api"} 0.2',
    got: '{service_name="api"} 0.1',
    remedy: 'look for a second sender of the same series, or a scrape_interval other than the one in force',
    evidence: [
      curl(
        `curl -sG 'http://127.0.0.1:9090/api/v1/query' --data-urlencode 'query=sum by (service_name) (rate(shop_orders_total{run="r7f3",deployment_environment="prod",service_namespace="shop"}[1m]))' --data-urlencode 'time=1795435500'`,
        200,
        '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"service_name":"api"},"value":[1795435500,"0.1"]}]}}',
      ),
    ],
  },
  'SEC-ANON-01 logstore ': {
    verdict: 'warn',
    message: 'Answers 200 on 0.0.0.0:3100 without credentials; auth_enabled is false (conf/logstore.yaml:1).',
    remedy: 'bind the port to 127.0.0.1 in docker-compose.yml:31, or put a proxy with credentials in front',
    evidence: [curl("curl -s -o /dev/null -w '%{http_code}' 'http://127.0.0.1:3100/loki/api/v1/labels'", 200, '')],
  },
  'SEC-ANON-01 gateway ': { verdict: 'not-applicable', message: 'The gateway is published on 127.0.0.1 only.' },
  'LIMIT-RATE-01 logstore ': { verdict: 'not-run', message: 'Runs with --full only.' },
  'LOGQL-PATTERN-01 logstore ': { verdict: 'unsupported', message: 'This Loki answers 400: unknown parser “pattern”.' },
  'PROM-RETENTION-01 metricstore ': {
    verdict: 'error',
    message: 'promtool is not on this machine, so no old block could be made.',
    remedy: 'run: telltale engines install prometheus@3.16.0',
  },
};

/** What the sample is to end like. */
export interface SampleOptions {
  readonly healthy?: boolean;
  /** Leaves the last rows without a verdict, and says how the run ended; `crashed` says nothing. */
  readonly cutShort?: 'interrupted' | 'failed' | 'crashed';
}

/** A run of a stack with a collector, Prometheus, Loki, Alertmanager and a Tempo that cannot be had. Always the same. */
export function sampleRun(options: SampleOptions = {}): RunEvent[] {
  const planned: PlannedRow[] = REQUIREMENTS.flatMap(({ id, area, level = 'MUST', title, because, on }) =>
    on
      .filter(([subject]) => options.healthy !== true || subject !== 'tracestore')
      .map(([subject, column]) => ({ id, subject, column, area, level, title, because })),
  );
  const engines = ENGINES.filter((engine) => options.healthy !== true || engine.source !== 'missing');
  const events: RunEvent[] = [
    {
      type: 'run-started',
      at: at(0),
      run: {
        id: 'r7f3',
        startedAt: at(0),
        command: 'telltale run --stack shop',
        driver: 'native',
        stack: 'shop',
        seed: 42,
        telltale: '0.1.0',
      },
    },
    { type: 'phase-started', at: at(5), phase: 'read', title: 'reading shop/docker-compose.yml' },
    { type: 'phase-finished', at: at(85), phase: 'read', durationMs: 80 },
    { type: 'phase-started', at: at(90), phase: 'engines', title: 'finding 5 engines' },
    ...engines.map((engine, i): RunEvent => ({ type: 'engine', at: at(100 + i), engine })),
    {
      type: 'note',
      at: at(120),
      message: 'loki 3.7.8 runs in place of 3.7.2, the nearest patch of the same minor that could be had.',
    },
    { type: 'phase-finished', at: at(130), phase: 'engines', durationMs: 40 },
    { type: 'phase-started', at: at(140), phase: 'start', title: `starting ${engines.length} services` },
    { type: 'progress', at: at(560), phase: 'start', message: 'prometheus ready after 0.4 s' },
    { type: 'progress', at: at(3300), phase: 'start', message: 'loki ready after 3.1 s' },
    { type: 'phase-finished', at: at(3320), phase: 'start', durationMs: 3180 },
    { type: 'rows-planned', at: at(3330), rows: planned },
    {
      type: 'phase-started',
      at: at(3340),
      phase: 'push',
      title: 'pushing the story: 480 spans, 1,200 lines, 6,000 samples',
    },
    { type: 'phase-finished', at: at(3900), phase: 'push', durationMs: 560 },
    { type: 'phase-started', at: at(3910), phase: 'check', title: `checking ${planned.length} rows` },
  ];
  const reached = options.cutShort === undefined ? planned : planned.slice(0, Math.floor(planned.length * 0.8));
  for (const [i, row] of reached.entries()) {
    events.push({ type: 'row', at: at(3920 + i * 3), row: resultOf(row, options) });
  }
  if (options.cutShort === 'crashed') return events;
  if (options.cutShort !== undefined) {
    const message = options.cutShort === 'interrupted' ? 'Ctrl-C' : 'the disk is full';
    return [
      ...events,
      {
        type: 'run-finished',
        at: at(5000),
        durationMs: 5000,
        criticalPathMs: 3300,
        outcome: options.cutShort,
        message,
      },
    ];
  }
  return [
    ...events,
    { type: 'phase-finished', at: at(5600), phase: 'check', durationMs: 1690 },
    { type: 'phase-started', at: at(5610), phase: 'stop', title: 'stopping the services' },
    { type: 'phase-finished', at: at(6200), phase: 'stop', durationMs: 590 },
    { type: 'run-finished', at: at(6210), durationMs: 6210, criticalPathMs: 5200, outcome: 'completed' },
  ];
}

function resultOf(row: PlannedRow, { healthy }: SampleOptions): ResultRow {
  const told = healthy === true ? undefined : TOLD[`${row.id} ${row.subject} ${row.column}`];
  return {
    ...row,
    source: `https://example.com/docs/${row.area}/`,
    verdict: 'pass',
    durationMs: 12,
    message: '',
    evidence: [],
    ...told,
  };
}

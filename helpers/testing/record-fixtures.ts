/**
 * Records answers of real engines for the quick tests of decoders and alterations:
 * `node helpers/testing/record-fixtures.ts` writes helpers/clients/fixtures/{prometheus,loki,tempo}.json.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exchange } from '../clients/http-types.ts';
import { LokiClient } from '../clients/loki.ts';
import { PrometheusClient } from '../clients/prometheus.ts';
import { TempoClient } from '../clients/tempo.ts';
import { eventually, found, notYet } from '../waiting/eventually.ts';
import { startLoki, startPrometheus, startTempo } from './engines.ts';
import { pushSampleLogs, pushSampleMetrics, pushSampleTrace, SAMPLE_TRACE_ID } from './push-sample.ts';

const RULES = `groups:
  - name: shop
    interval: 1s
    rules:
      - record: shop:orders:sum
        expr: sum(shop_orders_total)
      - alert: AlwaysFiring
        expr: vector(1)
        labels: { severity: page }
        annotations: { summary: it fires }
`;

type Recording = Record<string, { readonly path: string; readonly status: number; readonly body: string }>;

const directory = join(import.meta.dirname, '..', 'clients', 'fixtures');
await mkdir(directory, { recursive: true });
const timeNs = BigInt(Date.now()) * 1_000_000n;
const timeMs = Number(timeNs / 1_000_000n);
const range = { startMs: timeMs - 60_000, endMs: timeMs + 60_000 };
const rangeNs = { startNs: timeNs - 60_000_000_000n, endNs: timeNs + 60_000_000_000n };

async function recordPrometheus(): Promise<void> {
  const engine = await startPrometheus({
    config: ({ http }) => `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yaml]
otlp: { promote_resource_attributes: [service.name] }
scrape_configs:
  - job_name: self
    static_configs: [{ targets: ["127.0.0.1:${http}"] }]
`,
    files: { 'rules.yaml': RULES },
  });
  try {
    await pushSampleMetrics(engine.url, timeNs);
    const recorder = new Recorder();
    const client = new PrometheusClient({ baseUrl: engine.url, observer: recorder.observe });
    await eventually(
      'the self-scrape, the alert and the recording rule',
      async () => {
        const alerts = await client.alerts();
        const scraped = await client.query('count_over_time(up[1m]) > 2 and on() shop:orders:sum');
        const rows = scraped.result.type === 'vector' ? scraped.result.rows.length : 0;
        return alerts.length === 1 && rows === 1 ? found(undefined) : notYet(`${alerts.length} alerts, ${rows} rows`);
      },
      { deadlineMs: 30_000 },
    );
    await recorder.record(join(directory, 'prometheus.json'), {
      vector: () => client.query('{__name__=~"shop.+"}'),
      matrix: () => client.queryRange('shop_latency or shop_orders_total', { ...range, stepMs: 60_000 }),
      scalar: () => client.query('1 + 1'),
      string: () => client.query('"x"'),
      empty: () => client.query('nothing_of_this_name'),
      info: () => client.query('rate(up[1m])'),
      warning: () => client.query('quantile(2, up)'),
      refused: () => client.query('rate(x'),
      series: () => client.series(['{__name__=~"shop.+"}']),
      labels: () => client.labels({ matchers: ['{__name__=~"shop.+"}'] }),
      labelValues: () => client.labelValues('kind'),
      metadata: () => client.metadata('prometheus_build_info'),
      targets: () => client.targets(),
      rules: () => client.rules(),
      alerts: () => client.alerts(),
      alertmanagers: () => client.alertmanagers(),
      exemplars: () => client.exemplars('shop_orders_total', range),
      config: () => client.config(),
      flags: () => client.flags(),
      runtimeInfo: () => client.runtimeInfo(),
      buildInfo: () => client.buildInfo(),
      tsdb: () => client.tsdb(),
    });
  } finally {
    await engine.stop();
  }
}

async function recordLoki(): Promise<void> {
  const engine = await startLoki();
  try {
    await pushSampleLogs(engine.url, timeNs);
    const recorder = new Recorder();
    const client = new LokiClient({ baseUrl: engine.url, timeoutMs: 30_000, observer: recorder.observe });
    await recorder.record(join(directory, 'loki.json'), {
      streams: () => client.queryRange('{service_name="api"}', rangeNs),
      parsed: () => client.queryRange('{service_name="api"} | json', rangeNs),
      vector: () => client.query('sum(count_over_time({service_name="api"}[1m]))', { atNs: timeNs + 5_000_000n }),
      matrix: () => client.queryRange('count_over_time({service_name="api"}[1m])', rangeNs, { stepMs: 30_000 }),
      refused: () => client.query('{a='),
      labels: () => client.labels(rangeNs),
      labelValues: () => client.labelValues('service_name', rangeNs),
      noLabelValues: () => client.labelValues('nothing_of_this_name', rangeNs),
      series: () => client.series(['{service_name="api"}'], rangeNs),
      stats: () => client.indexStats('{service_name="api"}', rangeNs),
      volume: () => client.volume('{service_name="api"}', rangeNs),
      detectedFields: () => client.detectedFields('{service_name="api"}', rangeNs),
      buildInfo: () => client.buildInfo(),
      ring: () => client.ring(),
    });
  } finally {
    await engine.stop();
  }
}

async function recordTempo(): Promise<void> {
  const engine = await startTempo();
  try {
    await pushSampleTrace(`http://127.0.0.1:${engine.ports.otlpHttp}`, timeNs);
    const recorder = new Recorder();
    const client = new TempoClient({ baseUrl: engine.url, observer: recorder.observe });
    await eventually(
      'the trace to be found by search',
      async () => ((await client.search('{}', { range })).length === 1 ? found(undefined) : notYet('nothing')),
      { deadlineMs: 60_000 },
    );
    const query = '{ .http.status_code = 500 } | select(.big)';
    await recorder.record(join(directory, 'tempo.json'), {
      traceV1: () => client.trace(SAMPLE_TRACE_ID, { api: 'v1' }),
      traceV2: () => client.trace(SAMPLE_TRACE_ID),
      noTraceV2: () => client.trace('ff02030405060708090a0b0c0d0e0f10'),
      search: () => client.search(query, { range }),
      searchEmpty: () => client.search('{ .nothing = "x" }', { range }),
      searchRefused: () => client.search('{bad', { range }),
      tags: () => client.tags({ range }),
      tagNames: () => client.tagNames(range),
      tagValues: () => client.tagValues('.http.status_code', { range }),
      metricsRange: () => client.metricsRange('{} | rate() by (resource.service.name)', { ...range, stepMs: 30_000 }),
      metricsInstant: () => client.metricsInstant('{} | count_over_time()', range),
      buildInfo: () => client.buildInfo(),
    });
  } finally {
    await engine.stop(500);
  }
}

class Recorder {
  #last: Exchange | undefined;

  readonly observe = (exchange: Exchange): void => {
    this.#last = exchange;
  };

  async record(file: string, calls: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    const recording: Recording = {};
    for (const [name, call] of Object.entries(calls)) {
      await call().catch(() => undefined);
      const response = this.#last?.response;
      if (this.#last === undefined || response === undefined) throw new Error(`no answer to record for ${name}`);
      const { pathname, search } = new URL(this.#last.request.url);
      recording[name] = { path: `${pathname}${search}`, status: response.status, body: response.body };
    }
    await writeFile(file, `${JSON.stringify(recording, null, 1)}\n`);
  }
}

await recordPrometheus();
await recordLoki();
await recordTempo();

import { type LiveConfig, parseConfigText } from './config-text.ts';
import { type Decoder, labelSet, listOrNull, text } from './decode.ts';
import type { ClientOptions, QueryValue } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import { deleteRequests, detectedFields, indexStats, lokiAnswer, patterns, ring } from './loki-decode.ts';
import type { DeleteRequest, DetectedField, IndexStats, LogPattern, LokiAnswer, RingMember } from './loki-types.ts';
import { type MetricFamily, parseMetricsText } from './metrics-text.ts';
import type { CallOptions } from './prometheus.ts';
import { envelope, queryResult } from './prometheus-decode.ts';
import { buildInfo } from './prometheus-status-decode.ts';
import type { BuildInfo, Labels, QueryResult } from './prometheus-types.ts';

export interface NsRange {
  /** Nanoseconds since the epoch. The start is inclusive, the end exclusive. */
  readonly startNs: bigint;
  readonly endNs: bigint;
}

export interface LogRangeOptions extends CallOptions {
  /** Lines at most; Loki's default is 100. */
  readonly limit?: number;
  /** Newest first is Loki's default. */
  readonly direction?: 'forward' | 'backward';
  /** For metric queries. */
  readonly stepMs?: number;
}

/** Tells stream labels, structured metadata and parsed labels apart. */
const CATEGORIZE = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };

/**
 * Loki's HTTP API, https://grafana.com/docs/loki/latest/reference/loki-http-api/. Every method throws `HttpError` on
 * an answer other than 2xx, `TransportError` without one, `DecodeError` on one of another shape.
 */
export class LokiClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/ready', signal);
  }

  query(
    query: string,
    options: CallOptions & {
      readonly atNs?: bigint;
      readonly limit?: number;
      readonly direction?: 'forward' | 'backward';
    } = {},
  ): Promise<LokiAnswer> {
    const { atNs, limit, direction, ...call } = options;
    const parameters = { query, time: atNs, limit, direction };
    return this.api.json({ path: '/loki/api/v1/query', query: parameters, headers: CATEGORIZE, ...call }, lokiAnswer);
  }

  queryRange(query: string, range: NsRange, options: LogRangeOptions = {}): Promise<LokiAnswer> {
    const { limit, direction, stepMs, ...call } = options;
    const step = stepMs === undefined ? undefined : stepMs / 1000;
    const parameters = { query, ...startEnd(range), limit, direction, step };
    const path = '/loki/api/v1/query_range';
    return this.api.json({ path, query: parameters, headers: CATEGORIZE, ...call }, lokiAnswer);
  }

  labels(range?: NsRange, query?: string): Promise<readonly string[]> {
    return this.#data('/loki/api/v1/labels', { ...startEnd(range), query }, listOrNull(text));
  }

  labelValues(label: string, range?: NsRange, query?: string): Promise<readonly string[]> {
    const path = `/loki/api/v1/label/${encodeURIComponent(label)}/values`;
    return this.#data(path, { ...startEnd(range), query }, listOrNull(text));
  }

  series(matchers: readonly string[], range?: NsRange): Promise<readonly Labels[]> {
    return this.#data('/loki/api/v1/series', { 'match[]': matchers, ...startEnd(range) }, listOrNull(labelSet));
  }

  indexStats(query: string, range: NsRange): Promise<IndexStats> {
    return this.api.json({ path: '/loki/api/v1/index/stats', query: { query, ...startEnd(range) } }, indexStats);
  }

  /** Needs `limits_config.volume_enabled`. */
  volume(query: string, range: NsRange): Promise<QueryResult> {
    return this.#data('/loki/api/v1/index/volume', { query, ...startEnd(range) }, queryResult);
  }

  /** Needs `pattern_ingester.enabled`. */
  patterns(query: string, range: NsRange): Promise<readonly LogPattern[]> {
    return this.#data('/loki/api/v1/patterns', { query, ...startEnd(range) }, patterns);
  }

  detectedFields(query: string, range: NsRange): Promise<readonly DetectedField[]> {
    const path = '/loki/api/v1/detected_fields';
    return this.api.json({ path, query: { query, ...startEnd(range) } }, detectedFields);
  }

  /** The query as the engine prints it. */
  formatQuery(query: string): Promise<string> {
    return this.#data('/loki/api/v1/format_query', { query }, text);
  }

  /** The configuration in force. */
  async config(): Promise<LiveConfig> {
    const path = '/config';
    return parseConfigText(await this.api.text({ path }), `the answer of GET ${this.api.http.baseUrl}${path}`);
  }

  buildInfo(): Promise<BuildInfo> {
    return this.api.json({ path: '/loki/api/v1/status/buildinfo' }, buildInfo);
  }

  /** Asks for lines to be deleted: never on a stack that is not ours. */
  async requestDelete(query: string, range: { readonly startMs: number; readonly endMs: number }): Promise<void> {
    const parameters = { query, start: Math.floor(range.startMs / 1000), end: Math.ceil(range.endMs / 1000) };
    await this.api.http.requestOk({ method: 'POST', path: '/loki/api/v1/delete', query: parameters });
  }

  deleteRequests(): Promise<readonly DeleteRequest[]> {
    return this.api.json({ path: '/loki/api/v1/delete' }, deleteRequests);
  }

  /** Writes the chunks held in memory to storage; the index follows at head rotation or a graceful stop. */
  async flush(): Promise<void> {
    await this.api.http.requestOk({ method: 'POST', path: '/flush' });
  }

  /** The ingester ring. */
  ring(): Promise<readonly RingMember[]> {
    return this.api.json({ path: '/ring', headers: { Accept: 'application/json' } }, ring);
  }

  /** Its own metrics. */
  async metrics(): Promise<readonly MetricFamily[]> {
    return parseMetricsText(await this.api.text({ path: '/metrics' }));
  }

  async #data<T>(path: string, query: Readonly<Record<string, QueryValue>>, decoder: Decoder<T>): Promise<T> {
    return (await this.api.json({ path, query }, dataOf(decoder))).data;
  }
}

const dataOf = <T>(decoder: Decoder<T>): Decoder<{ data: T }> => {
  // Loki leaves `data` out where there is nothing: no labels, no series.
  const tolerant = envelope((json) => decoder(json ?? null));
  return (json) => tolerant(json);
};

function startEnd(range: NsRange | undefined): { start: bigint | undefined; end: bigint | undefined } {
  return { start: range?.startNs, end: range?.endNs };
}

import { anything, type Decoder, field, labelSet, list, listOrNull, mapOf, object, text } from './decode.ts';
import type { ClientOptions, HttpRequest, QueryValue } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import { type MetricFamily, parseMetricsText } from './metrics-text.ts';
import { envelope, exemplarSeries, queryAnswer } from './prometheus-decode.ts';
import {
  alertmanagers,
  alerts,
  buildInfo,
  metadataEntry,
  ruleGroups,
  runtimeInfo,
  targets,
  tsdbStatus,
} from './prometheus-status-decode.ts';
import type {
  ActiveAlert,
  AlertmanagerDiscovery,
  BuildInfo,
  ExemplarSeries,
  Labels,
  MetadataEntry,
  QueryAnswer,
  RuleGroup,
  RuntimeInfo,
  Targets,
  TsdbStatus,
} from './prometheus-types.ts';

export interface TimeRange {
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface RangeQuery extends TimeRange {
  readonly stepMs: number;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface InstantOptions extends CallOptions {
  /** Milliseconds since the epoch; the engine's now where it is not given. */
  readonly atMs?: number;
  readonly lookbackMs?: number;
  readonly limit?: number;
}

/** Longer queries go as a form, since servers and gateways cap the length of a URL. */
const LONGEST_QUERY_IN_URL = 4000;

/**
 * Prometheus' HTTP API, https://prometheus.io/docs/prometheus/latest/querying/api/. Every method throws `HttpError` on
 * an answer other than 2xx, `TransportError` without one, `DecodeError` on one of another shape.
 */
export class PrometheusClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/-/ready', signal);
  }

  healthy(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/-/healthy', signal);
  }

  query(query: string, options: InstantOptions = {}): Promise<QueryAnswer> {
    const { atMs, lookbackMs, limit, ...call } = options;
    const parameters = {
      query,
      time: seconds(atMs),
      lookback_delta: lookbackMs === undefined ? undefined : `${lookbackMs}ms`,
      limit,
    };
    return this.api.json({ ...queryRequest('/api/v1/query', parameters), ...call }, queryAnswer);
  }

  queryRange(query: string, range: RangeQuery, options: CallOptions = {}): Promise<QueryAnswer> {
    const parameters = { query, ...startEnd(range), step: range.stepMs / 1000 };
    return this.api.json({ ...queryRequest('/api/v1/query_range', parameters), ...options }, queryAnswer);
  }

  series(matchers: readonly string[], range?: TimeRange): Promise<readonly Labels[]> {
    return this.#data('/api/v1/series', { 'match[]': matchers, ...startEnd(range) }, listOrNull(labelSet));
  }

  labels(
    options: { readonly matchers?: readonly string[]; readonly range?: TimeRange } = {},
  ): Promise<readonly string[]> {
    return this.#data('/api/v1/labels', { 'match[]': options.matchers, ...startEnd(options.range) }, listOrNull(text));
  }

  labelValues(
    label: string,
    options: { readonly matchers?: readonly string[]; readonly range?: TimeRange } = {},
  ): Promise<readonly string[]> {
    const path = `/api/v1/label/${encodeURIComponent(label)}/values`;
    return this.#data(path, { 'match[]': options.matchers, ...startEnd(options.range) }, listOrNull(text));
  }

  metadata(metric?: string): Promise<Readonly<Record<string, readonly MetadataEntry[]>>> {
    return this.#data('/api/v1/metadata', { metric }, mapOf(list(metadataEntry)));
  }

  targets(state?: 'active' | 'dropped' | 'any'): Promise<Targets> {
    return this.#data('/api/v1/targets', { state }, targets);
  }

  rules(): Promise<readonly RuleGroup[]> {
    return this.#data('/api/v1/rules', {}, ruleGroups);
  }

  alerts(): Promise<readonly ActiveAlert[]> {
    return this.#data('/api/v1/alerts', {}, alerts);
  }

  alertmanagers(): Promise<AlertmanagerDiscovery> {
    return this.#data('/api/v1/alertmanagers', {}, alertmanagers);
  }

  exemplars(query: string, range: TimeRange): Promise<readonly ExemplarSeries[]> {
    return this.#data('/api/v1/query_exemplars', { query, ...startEnd(range) }, listOrNull(exemplarSeries));
  }

  /** The configuration in force, as YAML text. */
  async config(): Promise<string> {
    return this.#data('/api/v1/status/config', {}, (json) => field(object(json), 'yaml', text));
  }

  /** Every flag with its value in force. */
  flags(): Promise<Readonly<Record<string, string>>> {
    return this.#data('/api/v1/status/flags', {}, mapOf(text));
  }

  runtimeInfo(): Promise<RuntimeInfo> {
    return this.#data('/api/v1/status/runtimeinfo', {}, runtimeInfo);
  }

  buildInfo(): Promise<BuildInfo> {
    return this.#data('/api/v1/status/buildinfo', {}, buildInfo);
  }

  tsdb(): Promise<TsdbStatus> {
    return this.#data('/api/v1/status/tsdb', {}, tsdbStatus);
  }

  /** The query as the engine prints it. */
  formatQuery(query: string): Promise<string> {
    return this.#data('/api/v1/format_query', { query }, text);
  }

  /** The query's syntax tree; its shape is experimental. */
  parseQuery(query: string): Promise<unknown> {
    return this.#data('/api/v1/parse_query', { query }, anything);
  }

  /** Needs `--web.enable-admin-api`. Deletes data: never on a stack that is not ours. */
  async deleteSeries(matchers: readonly string[], range?: TimeRange): Promise<void> {
    const query = { 'match[]': matchers, ...startEnd(range) };
    await this.api.http.requestOk({ method: 'POST', path: '/api/v1/admin/tsdb/delete_series', query });
  }

  /** Needs `--web.enable-lifecycle`. */
  async reload(): Promise<void> {
    await this.api.http.requestOk({ method: 'POST', path: '/-/reload' });
  }

  /** Its own metrics. */
  async metrics(): Promise<readonly MetricFamily[]> {
    return parseMetricsText(await this.api.text({ path: '/metrics' }));
  }

  async #data<T>(path: string, query: Readonly<Record<string, QueryValue>>, decoder: Decoder<T>): Promise<T> {
    return (await this.api.json({ path, query }, envelope(decoder))).data;
  }
}

function queryRequest(path: string, query: Readonly<Record<string, QueryValue>>): HttpRequest {
  return String(query.query).length > LONGEST_QUERY_IN_URL ? { method: 'POST', path, form: query } : { path, query };
}

function startEnd(range: TimeRange | undefined): { start: string | undefined; end: string | undefined } {
  return { start: seconds(range?.startMs), end: seconds(range?.endMs) };
}

function seconds(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : (ms / 1000).toFixed(3);
}

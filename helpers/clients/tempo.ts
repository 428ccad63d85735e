import { type LiveConfig, parseConfigText } from './config-text.ts';
import { HttpError } from './http-errors.ts';
import type { ClientOptions } from './http-types.ts';
import { decodeAnswer, JsonApi, type ProbeAnswer } from './json-api.ts';
import { type MetricFamily, parseMetricsText } from './metrics-text.ts';
import type { CallOptions, RangeQuery, TimeRange } from './prometheus.ts';
import { buildInfo } from './prometheus-status-decode.ts';
import type { BuildInfo } from './prometheus-types.ts';
import {
  metricsInstant,
  metricsRange,
  searchAnswer,
  tagNames,
  tagScopes,
  tagValues,
  traceV1,
  traceV2,
} from './tempo-decode.ts';
import type { FullTrace, TagScope, TagValue, TraceHit, TraceInstant, TraceSeries } from './tempo-types.ts';

export interface SearchOptions extends CallOptions {
  readonly range?: TimeRange;
  /** Traces at most; Tempo's default is 20. */
  readonly limit?: number;
  /** Spans shown of each span set; Tempo's default is 3. */
  readonly spansPerSpanSet?: number;
}

const JSON_ANSWER = { Accept: 'application/json' };

/**
 * Tempo's HTTP API, https://grafana.com/docs/tempo/latest/api_docs/. Every method throws `HttpError` on an answer other
 * than 2xx, `TransportError` without one, `DecodeError` on one of another shape.
 */
export class TempoClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/ready', signal);
  }

  /** The trace, undefined where Tempo has none of that id. `v2` says so too when a trace is cut. */
  async trace(
    traceId: string,
    options: CallOptions & { readonly api?: 'v1' | 'v2' } = {},
  ): Promise<FullTrace | undefined> {
    const { api = 'v2', ...call } = options;
    const path = `${api === 'v1' ? '/api/traces/' : '/api/v2/traces/'}${encodeURIComponent(traceId)}`;
    const response = await this.api.http.request({ path, headers: JSON_ANSWER, ...call });
    if (response.status === 404) return undefined;
    if (response.status < 200 || response.status > 299) throw new HttpError(response);
    return decodeAnswer(response, api === 'v1' ? traceV1 : traceV2);
  }

  /** A TraceQL query. */
  search(query: string, options: SearchOptions = {}): Promise<readonly TraceHit[]> {
    const { range, limit, spansPerSpanSet, ...call } = options;
    const parameters = { q: query, ...wholeSeconds(range), limit, spss: spansPerSpanSet };
    return this.api.json({ path: '/api/search', query: parameters, headers: JSON_ANSWER, ...call }, searchAnswer);
  }

  /** Tag names by scope. */
  tags(options: { readonly range?: TimeRange; readonly scope?: string } = {}): Promise<readonly TagScope[]> {
    const query = { ...wholeSeconds(options.range), scope: options.scope };
    return this.api.json({ path: '/api/v2/search/tags', query }, tagScopes);
  }

  /** Tag names without scopes: the first version of the API. */
  tagNames(range?: TimeRange): Promise<readonly string[]> {
    return this.api.json({ path: '/api/search/tags', query: wholeSeconds(range) }, tagNames);
  }

  /** @param tag with its scope: `resource.service.name`, `.http.status_code`, `status`. */
  tagValues(
    tag: string,
    options: { readonly range?: TimeRange; readonly query?: string } = {},
  ): Promise<readonly TagValue[]> {
    const path = `/api/v2/search/tag/${encodeURIComponent(tag)}/values`;
    return this.api.json({ path, query: { ...wholeSeconds(options.range), q: options.query } }, tagValues);
  }

  /** A TraceQL metrics query over a range. */
  metricsRange(query: string, range: RangeQuery, options: CallOptions = {}): Promise<readonly TraceSeries[]> {
    const parameters = { q: query, ...wholeSeconds(range), step: `${range.stepMs / 1000}s` };
    const path = '/api/metrics/query_range';
    return this.api.json({ path, query: parameters, headers: JSON_ANSWER, ...options }, metricsRange);
  }

  /** A TraceQL metrics query over the whole range, one value a series. */
  metricsInstant(query: string, range: TimeRange, options: CallOptions = {}): Promise<readonly TraceInstant[]> {
    const parameters = { q: query, ...wholeSeconds(range) };
    const path = '/api/metrics/query';
    return this.api.json({ path, query: parameters, headers: JSON_ANSWER, ...options }, metricsInstant);
  }

  /** The configuration in force. */
  async config(): Promise<LiveConfig> {
    const path = '/status/config';
    const body = await this.api.text({ path });
    // The page begins with the request line and a document marker.
    const yaml = body.replace(/^GET [^\n]*\n---\n/, '');
    return parseConfigText(yaml, `the answer of GET ${this.api.http.baseUrl}${path}`);
  }

  buildInfo(): Promise<BuildInfo> {
    return this.api.json({ path: '/api/status/buildinfo' }, buildInfo);
  }

  /** Writes what is in memory to storage. */
  async flush(): Promise<void> {
    await this.api.http.requestOk({ method: 'POST', path: '/flush' });
  }

  /** Its own metrics. */
  async metrics(): Promise<readonly MetricFamily[]> {
    return parseMetricsText(await this.api.text({ path: '/metrics' }));
  }
}

/** Tempo's times are whole seconds: outwards, so that nothing in the range is lost. */
function wholeSeconds(range: TimeRange | undefined): { start: number | undefined; end: number | undefined } {
  return {
    start: range === undefined ? undefined : Math.floor(range.startMs / 1000),
    end: range === undefined ? undefined : Math.ceil(range.endMs / 1000),
  };
}

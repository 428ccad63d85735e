import type { Signal } from '../../stack/definition/types.ts';
import type { LogRecord, Metric, MetricData, Resource, Span } from './types.ts';

/** The signals that this folder makes. */
export type TelemetrySignal = Exclude<Signal, 'profiles'>;

/** Records of one signal with the resources that they refer to: what one request carries. */
export type Payload =
  | { readonly signal: 'traces'; readonly resources: readonly Resource[]; readonly spans: readonly Span[] }
  | { readonly signal: 'logs'; readonly resources: readonly Resource[]; readonly logs: readonly LogRecord[] }
  | { readonly signal: 'metrics'; readonly resources: readonly Resource[]; readonly metrics: readonly Metric[] };

/** What a payload is counted by: spans, log records, data points. */
export function countOf(payload: Payload): number {
  switch (payload.signal) {
    case 'traces':
      return payload.spans.length;
    case 'logs':
      return payload.logs.length;
    case 'metrics':
      return payload.metrics.reduce((sum, metric) => sum + metric.data.points.length, 0);
  }
}

export interface TelemetrySource {
  readonly resources: readonly Resource[];
  readonly metrics: readonly Metric[];
  readonly logs: readonly LogRecord[];
  readonly spans: readonly Span[];
}

/** Everything that a story or a probe has of one signal. */
export function payloadOf(source: TelemetrySource, signal: TelemetrySignal): Payload {
  const { resources } = source;
  switch (signal) {
    case 'traces':
      return { signal, resources, spans: source.spans };
    case 'logs':
      return { signal, resources, logs: source.logs };
    case 'metrics':
      return { signal, resources, metrics: source.metrics };
  }
}

/**
 * Metrics without some kinds: a receiver that does not know native histograms (Prometheus 2.x without the feature)
 * refuses the whole request that has one.
 */
export function withoutKinds(payload: Payload, kinds: readonly MetricData['kind'][]): Payload {
  if (payload.signal !== 'metrics') return payload;
  return { ...payload, metrics: payload.metrics.filter((metric) => !kinds.includes(metric.data.kind)) };
}

/** Spans or log records in one request; receivers refuse more than 4 MiB (gRPC) unless told otherwise. */
export const BATCH_SIZE = 1_000;

/**
 * A payload in requests of at most `size` spans or log records, in order. Metrics stay in one request: each request
 * makes Prometheus write `target_info` for the time that it spans, and a second one would be out of order.
 */
export function* batches(payload: Payload, size: number = BATCH_SIZE): Generator<Payload, void, undefined> {
  const { resources } = payload;
  switch (payload.signal) {
    case 'metrics':
      yield payload;
      return;
    case 'traces':
      for (let from = 0; from < payload.spans.length; from += size) {
        yield { signal: 'traces', resources, spans: payload.spans.slice(from, from + size) };
      }
      return;
    case 'logs':
      for (let from = 0; from < payload.logs.length; from += size) {
        yield { signal: 'logs', resources, logs: payload.logs.slice(from, from + size) };
      }
  }
}

/**
 * Metrics as exporters send them over time: one payload for each time at which there are points, oldest first. For
 * pipelines that split a request by data points.
 */
export function metricsByTime(payload: Payload & { readonly signal: 'metrics' }): readonly Payload[] {
  const times = new Set(payload.metrics.flatMap((metric) => metric.data.points.map((point) => point.timeNs)));
  return [...times]
    .sort((one, other) => (one < other ? -1 : 1))
    .map((timeNs) => ({ ...payload, metrics: payload.metrics.flatMap((metric) => metricAt(metric, timeNs)) }));
}

function metricAt(metric: Metric, timeNs: bigint): readonly Metric[] {
  const { data } = metric;
  const only = <T extends { readonly timeNs: bigint }>(points: readonly T[]): readonly T[] =>
    points.filter((point) => point.timeNs === timeNs);
  if (only<{ readonly timeNs: bigint }>(data.points).length === 0) return [];
  switch (data.kind) {
    case 'counter':
      return [{ ...metric, data: { ...data, points: only(data.points) } }];
    case 'gauge':
      return [{ ...metric, data: { ...data, points: only(data.points) } }];
    case 'histogram':
      return [{ ...metric, data: { ...data, points: only(data.points) } }];
    case 'exponential-histogram':
      return [{ ...metric, data: { ...data, points: only(data.points) } }];
    case 'summary':
      return [{ ...metric, data: { ...data, points: only(data.points) } }];
  }
}

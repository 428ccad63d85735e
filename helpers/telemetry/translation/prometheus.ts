import { indexResources, labelsOf, type ResourceIndex, resourceOf, textOf } from '../attributes.ts';
import { msOf } from '../story/clock.ts';
import type { Attributes, Exemplar, Metric, PointBase, Resource, Scope } from '../types.ts';
import { type NativeHistogram, nativeHistogramOf } from './native-histogram.ts';

/** What Prometheus stores: one series and its samples, oldest first, times in milliseconds since the epoch. */
export interface PrometheusSeries {
  readonly name: string;
  /** Without `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  /** The metric family for metadata: the name without `_bucket`, `_sum`, `_count`. */
  readonly family: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly help: string;
  readonly unit: string;
  readonly samples: readonly PrometheusSample[];
  readonly histograms: readonly { readonly tMs: number; readonly histogram: NativeHistogram }[];
  readonly exemplars: readonly PrometheusExemplar[];
}

export interface PrometheusSample {
  readonly tMs: number;
  readonly value: number;
  /** A staleness marker: no query shows it, and the series is absent from here on. */
  readonly stale?: true;
}

export interface PrometheusExemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly tMs: number;
}

/** What of Prometheus' `otlp:` configuration decides which labels a series gets. */
export interface Translation {
  /** `otlp.promote_resource_attributes`. */
  readonly promoteResourceAttributes?: readonly string[];
  /** `otlp.keep_identifying_resource_attributes`. */
  readonly keepIdentifyingResourceAttributes?: boolean;
  /** `otlp.translation_strategy` without escaping (`NoUTF8EscapingWithSuffixes`, `NoTranslation`): dots stay in label names. */
  readonly utf8?: boolean;
  /** `otlp.promote_scope_metadata`; the Collector's remote-write exporter always does so. */
  readonly promoteScopeMetadata?: boolean;
  /** False: the sender (the Collector's remote-write exporter, say) was told to leave `target_info` out. */
  readonly targetInfo?: boolean;
}

const IDENTIFYING = ['service.namespace', 'service.name', 'service.instance.id'];
/** Half of Prometheus' lookback: the distance of `target_info` samples. */
const TARGET_INFO_STEP_MS = 150_000;

/**
 * The series that metrics become by the OTLP→Prometheus translation.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export function prometheusSeries(
  resources: readonly Resource[],
  metrics: readonly Metric[],
  translation: Translation = {},
): readonly PrometheusSeries[] {
  const index = indexResources(resources);
  const collector = new SeriesCollector(index, translation);
  for (const metric of metrics) collector.add(metric);
  const infos = translation.targetInfo === false ? [] : targetInfos(index, metrics, translation);
  return [...collector.series(), ...infos];
}

interface OpenSeries extends PrometheusSeries {
  readonly samples: PrometheusSample[];
  readonly histograms: { tMs: number; histogram: NativeHistogram }[];
  readonly exemplars: PrometheusExemplar[];
}

class SeriesCollector {
  readonly #index: ResourceIndex;
  readonly #translation: Translation;
  readonly #byKey = new Map<string, OpenSeries>();

  constructor(index: ResourceIndex, translation: Translation) {
    this.#index = index;
    this.#translation = translation;
  }

  series(): readonly PrometheusSeries[] {
    return [...this.#byKey.values()];
  }

  add(metric: Metric): void {
    const { data } = metric;
    const resource = resourceOf(this.#index, metric.resource);
    const open = (point: PointBase, suffix = '', extra: Readonly<Record<string, string>> = {}): OpenSeries =>
      this.#open(metric, suffix, {
        ...seriesLabels(resource, point.attributes, this.#translation),
        ...(this.#translation.promoteScopeMetadata === true ? scopeLabels(metric.scope) : {}),
        ...extra,
      });
    const put = (series: OpenSeries, point: PointBase, value: number): void => {
      const tMs = msOf(point.timeNs);
      series.samples.push(point.noRecordedValue ? { tMs, value: Number.NaN, stale: true } : { tMs, value });
    };
    switch (data.kind) {
      case 'counter':
      case 'gauge':
        for (const point of data.points) {
          const series = open(point);
          put(series, point, point.value);
          // Prometheus keeps no exemplars of gauges.
          if (data.kind === 'counter') series.exemplars.push(...exemplarsOf(point.exemplars));
        }
        return;
      case 'histogram':
        for (const point of data.points) {
          put(open(point, '_count'), point, point.count);
          put(open(point, '_sum'), point, point.sum);
          let cumulative = 0;
          [...data.bounds, Number.POSITIVE_INFINITY].forEach((bound, position) => {
            cumulative += point.bucketCounts[position] ?? 0;
            const bucket = open(point, '_bucket', { le: boundText(bound) });
            put(bucket, point, cumulative);
            const below = data.bounds[position - 1] ?? Number.NEGATIVE_INFINITY;
            const within = point.exemplars?.filter(({ value }) => value > below && value <= bound);
            bucket.exemplars.push(...exemplarsOf(within));
          });
        }
        return;
      case 'exponential-histogram':
        for (const point of data.points) {
          const series = open(point);
          series.histograms.push({ tMs: msOf(point.timeNs), histogram: nativeHistogramOf(point) });
          series.exemplars.push(...exemplarsOf(point.exemplars));
        }
        return;
      case 'summary':
        for (const point of data.points) {
          put(open(point, '_count'), point, point.count);
          put(open(point, '_sum'), point, point.sum);
          for (const { quantile, value } of point.quantiles) {
            put(open(point, '', { quantile: boundText(quantile) }), point, value);
          }
        }
    }
  }

  #open(metric: Metric, suffix: string, labels: Readonly<Record<string, string>>): OpenSeries {
    const name = `${metric.name}${suffix}`;
    const key = seriesKey(name, labels);
    const found = this.#byKey.get(key);
    if (found !== undefined) return found;
    const { kind } = metric.data;
    const series: OpenSeries = {
      name,
      labels,
      family: metric.name,
      type: kind === 'exponential-histogram' ? 'histogram' : kind,
      help: metric.description,
      unit: metric.unit,
      samples: [],
      histograms: [],
      exemplars: [],
    };
    this.#byKey.set(key, series);
    return series;
  }
}

/** The same for the same series, whatever the order of its labels. */
export function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${name}{${pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`;
}

/** A bound or quantile as Go writes it: `+Inf`, and no exponent. */
export function boundText(bound: number): string {
  return bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
}

function seriesLabels(resource: Resource, attributes: Attributes, translation: Translation): Record<string, string> {
  const promoted: Attributes = Object.fromEntries(
    Object.entries(resource.attributes).filter(([name]) => translation.promoteResourceAttributes?.includes(name)),
  );
  return { ...named(promoted, translation), ...named(attributes, translation), ...targetLabels(resource) };
}

function scopeLabels(scope: Scope): Record<string, string> {
  const attributes = Object.entries(scope.attributes ?? {}).map(([name, value]) => [`otel_scope_${name}`, value]);
  return {
    ...labelsOf(Object.fromEntries(attributes)),
    otel_scope_name: scope.name,
    otel_scope_version: scope.version,
  };
}

function named(attributes: Attributes, translation: Translation): Record<string, string> {
  if (translation.utf8 !== true) return labelsOf(attributes);
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, textOf(value)]));
}

/** `job` is namespace and name with a slash between, `instance` the instance id. */
export function targetLabels(resource: Resource): Record<string, string> {
  const { attributes } = resource;
  const name = attributes['service.name'];
  const namespace = attributes['service.namespace'];
  const instance = attributes['service.instance.id'];
  return {
    ...(name === undefined
      ? {}
      : { job: namespace === undefined ? textOf(name) : `${textOf(namespace)}/${textOf(name)}` }),
    ...(instance === undefined ? {} : { instance: textOf(instance) }),
  };
}

function exemplarsOf(exemplars: readonly Exemplar[] = []): readonly PrometheusExemplar[] {
  return exemplars.map(({ traceId, spanId, attributes, value, timeNs }) => ({
    labels: { ...labelsOf(attributes), trace_id: traceId, span_id: spanId },
    value,
    tMs: msOf(timeNs),
  }));
}

/** One `target_info` for each resource with metrics: value 1 from its first point to its last. */
function targetInfos(
  index: ResourceIndex,
  metrics: readonly Metric[],
  translation: Translation,
): readonly PrometheusSeries[] {
  return [...new Set(metrics.map((metric) => metric.resource))].map((name): PrometheusSeries => {
    const resource = resourceOf(index, name);
    const times = metrics
      .filter((metric) => metric.resource === name)
      .flatMap((metric) => metric.data.points.map((point) => msOf(point.timeNs)));
    const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const last = times.reduce((most, time) => Math.max(most, time), 0);
    const samples: PrometheusSample[] = [];
    for (let tMs = first; tMs < last; tMs += TARGET_INFO_STEP_MS) samples.push({ tMs, value: 1 });
    samples.push({ tMs: last, value: 1 });
    const kept = Object.fromEntries(
      Object.entries(resource.attributes).filter(
        ([attribute]) => translation.keepIdentifyingResourceAttributes === true || !IDENTIFYING.includes(attribute),
      ),
    );
    return {
      name: 'target_info',
      labels: { ...named(kept, translation), ...targetLabels(resource) },
      family: 'target_info',
      type: 'gauge',
      help: 'Target metadata',
      unit: '',
      samples,
      histograms: [],
      exemplars: [],
    };
  });
}

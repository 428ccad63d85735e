import type { ClientOptions } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import { type MetricFamily, type MetricSample, parseMetricsText } from './metrics-text.ts';

export interface CollectorEndpoints {
  /** Base URL of the `health_check` extension and its path, where the configuration has one. */
  readonly health?: { readonly baseUrl: string; readonly path?: string };
  /** Base URL of its own metrics (`service.telemetry.metrics`), where they are exposed. */
  readonly metrics?: string;
}

/**
 * An OpenTelemetry Collector: the health_check extension and its own metrics,
 * https://opentelemetry.io/docs/collector/internal-telemetry/. It has no query API.
 */
export class CollectorClient {
  readonly #health: { api: JsonApi; path: string } | undefined;
  readonly #metrics: JsonApi | undefined;

  constructor(options: Omit<ClientOptions, 'baseUrl'> & { readonly endpoints: CollectorEndpoints }) {
    const { endpoints, ...rest } = options;
    const { health, metrics } = endpoints;
    this.#health = health && { api: new JsonApi({ ...rest, baseUrl: health.baseUrl }), path: health.path ?? '/' };
    this.#metrics = metrics === undefined ? undefined : new JsonApi({ ...rest, baseUrl: metrics });
  }

  /** Undefined: no health_check extension is known. */
  async health(signal?: AbortSignal): Promise<ProbeAnswer | undefined> {
    return this.#health?.api.probe(this.#health.path, signal);
  }

  /** Undefined: its metrics are not exposed. @throws HttpError, MetricsTextError */
  async metrics(): Promise<readonly MetricFamily[] | undefined> {
    return this.#metrics === undefined ? undefined : parseMetricsText(await this.#metrics.text({ path: '/metrics' }));
  }
}

/**
 * Samples of a Collector's counter under any of the names that versions give it: `otelcol_receiver_accepted_spans`,
 * with `_total`, with the unit as `__spans__total` or `_spans_total`.
 */
export function collectorCounter(
  families: readonly MetricFamily[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly MetricSample[] {
  const unit = name.slice(name.lastIndexOf('_') + 1);
  const names = new Set([
    name,
    `${name}_total`,
    `${name}__${unit}_`,
    `${name}__${unit}__total`,
    `${name}_${unit}_total`,
  ]);
  return families
    .flatMap(({ samples }) => samples)
    .filter((sample) => names.has(sample.name) && Object.entries(labels).every(([k, v]) => sample.labels[k] === v));
}

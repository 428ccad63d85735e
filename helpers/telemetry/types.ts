/**
 * The story in a neutral form: what is to be pushed, before any protocol. Times are nanoseconds since the epoch as
 * bigint, ids are lower-case hex, attribute values are the types of OTLP's AnyValue that the story uses.
 */
export interface Story {
  readonly runId: string;
  /** Start of the story, milliseconds since the epoch, a whole minute. */
  readonly t0Ms: number;
  readonly resources: readonly Resource[];
  readonly metrics: readonly Metric[];
  readonly logs: readonly LogRecord[];
  readonly spans: readonly Span[];
}

export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A process of the shop; every record refers to one by `serviceName`. */
export interface Resource {
  readonly serviceName: string;
  /** Includes `service.name`, `service.instance.id` and the run id. */
  readonly attributes: Attributes;
}

export interface Scope {
  readonly name: string;
  readonly version: string;
  readonly attributes?: Attributes;
}

export interface Span {
  readonly resource: string;
  readonly scope: Scope;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Attributes;
  readonly status: 'unset' | 'ok' | 'error';
  readonly statusMessage?: string;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
}

export interface SpanEvent {
  readonly timeNs: bigint;
  readonly name: string;
  readonly attributes: Attributes;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

export interface LogRecord {
  readonly resource: string;
  readonly scope: Scope;
  readonly timeNs: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: string;
  readonly attributes: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
}

/** One metric of one resource with its points, oldest first. */
export interface Metric {
  readonly resource: string;
  readonly scope: Scope;
  /** A fixed point of the OTLP translation: the same name by remote write and by OTLP. */
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly data: MetricData;
}

export type MetricData =
  | { readonly kind: 'counter'; readonly points: readonly NumberPoint[] }
  | { readonly kind: 'gauge'; readonly points: readonly NumberPoint[] }
  | { readonly kind: 'histogram'; readonly bounds: readonly number[]; readonly points: readonly HistogramPoint[] }
  | { readonly kind: 'exponential-histogram'; readonly points: readonly ExponentialPoint[] }
  | { readonly kind: 'summary'; readonly points: readonly SummaryPoint[] };

export interface PointBase {
  readonly startNs: bigint;
  readonly timeNs: bigint;
  readonly attributes: Attributes;
  readonly exemplars?: readonly Exemplar[];
  /** The series ends here: OTLP's "no recorded value" flag, Prometheus' staleness marker. The value is not looked at. */
  readonly noRecordedValue?: true;
}

export interface NumberPoint extends PointBase {
  readonly value: number;
}

export interface HistogramPoint extends PointBase {
  readonly count: number;
  readonly sum: number;
  /** One more than bounds. */
  readonly bucketCounts: readonly number[];
}

export interface ExponentialPoint extends PointBase {
  readonly scale: number;
  readonly zeroCount: number;
  readonly zeroThreshold: number;
  readonly count: number;
  readonly sum: number;
  readonly positive: { readonly offset: number; readonly counts: readonly number[] };
  readonly negative: { readonly offset: number; readonly counts: readonly number[] };
}

export interface SummaryPoint extends PointBase {
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}

export interface Exemplar {
  readonly timeNs: bigint;
  readonly value: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

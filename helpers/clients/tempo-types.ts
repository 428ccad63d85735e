/** An attribute's value with its OTLP type kept: an int is a bigint, a double a number. */
export type SpanValue =
  | string
  | bigint
  | number
  | boolean
  | null
  | Uint8Array
  | readonly SpanValue[]
  | { readonly [key: string]: SpanValue };
export type SpanAttributes = Readonly<Record<string, SpanValue>>;

/** A span as it came back, with the resource and scope that it stood under. Ids are lower-case hex. */
export interface TraceSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly kind: 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Nanoseconds since the epoch. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: SpanAttributes;
  readonly status: 'unset' | 'ok' | 'error';
  readonly statusMessage: string;
  readonly events: readonly { readonly timeNs: bigint; readonly name: string; readonly attributes: SpanAttributes }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: SpanAttributes;
  }[];
  readonly resource: SpanAttributes;
  readonly scope: { readonly name: string; readonly version: string; readonly attributes: SpanAttributes };
}

export interface FullTrace {
  readonly spans: readonly TraceSpan[];
  /** `PARTIAL` where Tempo says that the trace is too large to be whole. */
  readonly status?: string;
  readonly message?: string;
}

/** One trace found by search. */
export interface TraceHit {
  /** 32 hex digits: Tempo leaves leading zeros out, they are put back. */
  readonly traceId: string;
  readonly rootServiceName: string;
  readonly rootTraceName: string;
  readonly startNs: bigint;
  readonly durationMs: number;
  readonly spanSets: readonly SpanSet[];
}

export interface SpanSet {
  /** Spans that matched, of which `spans` shows the first few. */
  readonly matched: number;
  readonly attributes: SpanAttributes;
  readonly spans: readonly SpanHit[];
}

export interface SpanHit {
  readonly spanId: string;
  readonly name: string;
  readonly startNs: bigint;
  readonly durationNs: bigint;
  readonly attributes: SpanAttributes;
}

export interface TagScope {
  /** `resource`, `span`, `event`, `intrinsic`, … */
  readonly name: string;
  readonly tags: readonly string[];
}

export interface TagValue {
  /** `string`, `int`, `float`, `bool`, `keyword`, `duration`. */
  readonly type: string;
  readonly value: string;
}

/** A series of a TraceQL metrics query. */
export interface TraceSeries {
  readonly labels: SpanAttributes;
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
  readonly exemplars: readonly {
    readonly timeMs: number;
    readonly value: number;
    readonly labels: SpanAttributes;
  }[];
}

export interface TraceInstant {
  readonly labels: SpanAttributes;
  readonly value: number;
}

import type { TelemetrySource } from '../payload.ts';
import { type LokiStream, type LokiTranslation, lokiStreams } from '../translation/loki.ts';
import { type PrometheusSeries, prometheusSeries, type Translation } from '../translation/prometheus.ts';
import type { Span } from '../types.ts';

/** The series that Prometheus must have once everything arrived; `target_info` included. */
export function expectedSeries(telemetry: TelemetrySource, translation: Translation = {}): readonly PrometheusSeries[] {
  return prometheusSeries(telemetry.resources, telemetry.metrics, translation);
}

/** The streams that Loki must have once everything arrived. */
export function expectedLogStreams(
  telemetry: TelemetrySource,
  translation: LokiTranslation = {},
): readonly LokiStream[] {
  return lokiStreams(telemetry.resources, telemetry.logs, translation);
}

/** One trace as a trace backend must answer it. */
export interface ExpectedTrace {
  readonly traceId: string;
  /** By start, then by id. */
  readonly spans: readonly Span[];
  readonly root: Span;
  readonly rootService: string;
  readonly rootName: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly durationMs: number;
}

/** Traces in order of their start. */
export function expectedTraces(telemetry: TelemetrySource): readonly ExpectedTrace[] {
  const byId = new Map<string, Span[]>();
  for (const span of telemetry.spans) {
    const known = byId.get(span.traceId);
    if (known === undefined) byId.set(span.traceId, [span]);
    else known.push(span);
  }
  return [...byId]
    .map(([traceId, spans]) => traceOf(traceId, spans))
    .sort((one, other) => compare(one.startNs, other.startNs) || compare(one.traceId, other.traceId));
}

function traceOf(traceId: string, unordered: readonly Span[]): ExpectedTrace {
  const spans = [...unordered].sort(
    (one, other) => compare(one.startNs, other.startNs) || compare(one.spanId, other.spanId),
  );
  const root = spans.find((span) => span.parentSpanId === undefined);
  if (root === undefined) throw new RangeError(`The trace ${traceId} has no span without a parent.`);
  const startNs = spans[0]?.startNs ?? root.startNs;
  const endNs =
    spans
      .map((span) => span.endNs)
      .sort(compare)
      .at(-1) ?? root.endNs;
  return {
    traceId,
    spans,
    root,
    rootService: root.resource,
    rootName: root.name,
    startNs,
    endNs,
    durationMs: Number((endNs - startNs) / 1_000_000n),
  };
}

function compare<T extends bigint | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

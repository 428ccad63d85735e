import { type HrTime, type SpanContext, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { indexResources, resourceOf } from '../attributes.ts';
import type { Attributes, AttributeValue, Resource, Span } from '../types.ts';

type SdkAttributes = ReadableSpan['attributes'];

const KIND: Readonly<Record<Span['kind'], SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

const STATUS: Readonly<Record<Span['status'], SpanStatusCode>> = {
  unset: SpanStatusCode.UNSET,
  ok: SpanStatusCode.OK,
  error: SpanStatusCode.ERROR,
};

/** Spans as the OpenTelemetry SDK hands them to an exporter: ended, with the ids and times of the story. */
export function readableSpans(resources: readonly Resource[], spans: readonly Span[]): ReadableSpan[] {
  const index = indexResources(resources);
  const sdkResources = new Map(
    [...index.keys()].map((name) => [name, resourceFromAttributes(attributesOf(resourceOf(index, name).attributes))]),
  );
  return spans.map((span) => {
    const resource = sdkResources.get(span.resource);
    if (resource === undefined) throw new RangeError(`The span ${span.name} refers to no resource of its story.`);
    return readableSpan(span, resource);
  });
}

function readableSpan(span: Span, resource: ReadableSpan['resource']): ReadableSpan {
  const context = contextOf(span.traceId, span.spanId);
  return {
    name: span.name,
    kind: KIND[span.kind],
    spanContext: () => context,
    ...(span.parentSpanId === undefined ? {} : { parentSpanContext: contextOf(span.traceId, span.parentSpanId) }),
    startTime: hrTime(span.startNs),
    endTime: hrTime(span.endNs),
    duration: hrTime(span.endNs - span.startNs),
    ended: true,
    status: {
      code: STATUS[span.status],
      ...(span.statusMessage === undefined ? {} : { message: span.statusMessage }),
    },
    attributes: attributesOf(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      time: hrTime(event.timeNs),
      attributes: attributesOf(event.attributes),
    })),
    links: span.links.map((link) => ({
      context: contextOf(link.traceId, link.spanId),
      attributes: attributesOf(link.attributes),
    })),
    resource,
    // The exporter writes scope attributes, though its type does not name them yet.
    instrumentationScope: {
      name: span.scope.name,
      version: span.scope.version,
      ...(span.scope.attributes === undefined ? {} : { attributes: attributesOf(span.scope.attributes) }),
    },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function contextOf(traceId: string, spanId: string): SpanContext {
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
}

function hrTime(ns: bigint): HrTime {
  return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
}

function attributesOf(attributes: Attributes): SdkAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, sdkValue(value)]));
}

/** The SDK knows no bigint; arrays it wants writable. */
function sdkValue(value: AttributeValue): string | number | boolean | string[] | number[] | boolean[] {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' ? (value.slice() as string[] | number[] | boolean[]) : value;
}

import type { Resource, Span } from '../types.ts';
import { grouped, keyValues, type Message } from './common.ts';
import type { Dialect } from './dialect.ts';

const KIND = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
const STATUS = { unset: 0, ok: 1, error: 2 } as const;
/** Sampled, and "whether the parent is remote" is known: it is not. As the SDKs write it. */
const FLAGS = 0x101;

/** `ExportTraceServiceRequest`. */
export function traceRequest(resources: readonly Resource[], spans: readonly Span[], dialect: Dialect): Message {
  return {
    resourceSpans: grouped(resources, spans, dialect, { scopes: 'scopeSpans', records: 'spans' }, (span) =>
      spanMessage(span, dialect),
    ),
  };
}

function spanMessage(span: Span, dialect: Dialect): Message {
  return {
    traceId: dialect.id(span.traceId),
    spanId: dialect.id(span.spanId),
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: dialect.id(span.parentSpanId) }),
    ...(span.traceState === undefined ? {} : { traceState: span.traceState }),
    flags: FLAGS,
    name: span.name,
    kind: KIND[span.kind],
    startTimeUnixNano: dialect.long(span.startNs),
    endTimeUnixNano: dialect.long(span.endNs),
    attributes: keyValues(span.attributes, dialect),
    events: span.events.map((event) => ({
      timeUnixNano: dialect.long(event.timeNs),
      name: event.name,
      attributes: keyValues(event.attributes, dialect),
    })),
    links: span.links.map((link) => ({
      traceId: dialect.id(link.traceId),
      spanId: dialect.id(link.spanId),
      flags: FLAGS,
      attributes: keyValues(link.attributes, dialect),
    })),
    status: {
      code: STATUS[span.status],
      ...(span.statusMessage === undefined ? {} : { message: span.statusMessage }),
    },
  };
}

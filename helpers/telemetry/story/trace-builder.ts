import type { Attributes, Scope, Span, SpanEvent, SpanLink } from '../types.ts';
import { nsOf } from './clock.ts';
import { spanIdOf, traceIdOf } from './ids.ts';
import { ofRun, scopeOf } from './shop.ts';

export interface SpanPlan {
  readonly service: string;
  readonly name: string;
  readonly kind?: Span['kind'];
  /** Milliseconds after the start of the trace. */
  readonly at: number;
  /** Milliseconds. */
  readonly lasts: number;
  readonly attributes?: Attributes;
  readonly status?: Span['status'];
  readonly statusMessage?: string;
  readonly scope?: Scope;
  readonly events?: readonly { readonly at: number; readonly name: string; readonly attributes?: Attributes }[];
  readonly links?: readonly SpanLink[];
}

/** Collects the spans of one trace; ids follow from the trace's name and the order in which spans are added. */
export class TraceBuilder {
  readonly traceId: string;
  readonly spans: Span[] = [];
  readonly #runId: string;
  readonly #startMs: number;

  constructor(options: { key: string; runId: string; name: string; startMs: number }) {
    this.traceId = traceIdOf(options.key, options.name);
    this.#runId = options.runId;
    this.#startMs = options.startMs;
  }

  add(plan: SpanPlan, parent?: Span): Span {
    const events: SpanEvent[] = (plan.events ?? []).map((event) => ({
      timeNs: nsOf(this.#startMs + event.at),
      name: event.name,
      attributes: event.attributes ?? {},
    }));
    const span: Span = {
      resource: plan.service,
      scope: plan.scope ?? scopeOf(plan.service),
      traceId: this.traceId,
      spanId: spanIdOf(this.traceId, this.spans.length),
      ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
      name: plan.name,
      kind: plan.kind ?? 'internal',
      startNs: nsOf(this.#startMs + plan.at),
      endNs: nsOf(this.#startMs + plan.at + plan.lasts),
      attributes: ofRun(this.#runId, plan.attributes ?? {}),
      status: plan.status ?? 'unset',
      ...(plan.statusMessage === undefined ? {} : { statusMessage: plan.statusMessage }),
      events,
      links: plan.links ?? [],
    };
    this.spans.push(span);
    return span;
  }
}

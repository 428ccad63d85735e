import type { Exemplar, Span } from '../types.ts';
import { STEP_MS } from './clock.ts';
import { type Frame, timeOf } from './points.ts';

/**
 * For a step, an exemplar from the first span of that name that ended within the step before it; its value is the
 * span's duration in seconds, its time the span's end.
 */
export function exemplarFrom(
  frame: Frame,
  spans: readonly Span[],
  name: string,
  measure: (span: Span) => number,
): (step: number) => Exemplar | undefined {
  const named = spans.filter((span) => span.name === name);
  return (step) => {
    const until = timeOf(frame, step);
    const from = until - BigInt(STEP_MS) * 1_000_000n;
    const span = named.find((candidate) => candidate.endNs > from && candidate.endNs <= until);
    if (span === undefined) return undefined;
    return {
      timeNs: span.endNs,
      value: measure(span),
      traceId: span.traceId,
      spanId: span.spanId,
      attributes: { user_id: String(span.attributes.user_id ?? 'nobody') },
    };
  };
}

export function secondsOf(span: Span): number {
  return Number(span.endNs - span.startNs) / 1e9;
}

import type { Attributes, LogRecord, Span } from '../types.ts';
import { ofRun, scopeOf } from './shop.ts';

/** Severity numbers of OpenTelemetry's logs data model, the first of each range. */
export const SEVERITY = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const;
export type SeverityName = keyof typeof SEVERITY;

export interface LogPlan {
  readonly service: string;
  readonly timeNs: bigint;
  readonly severity: SeverityName;
  readonly body: string;
  /** Says how the body is to be taken apart: `json`, `logfmt`, `access`, `plain`, `packed`, `coloured`. */
  readonly format: string;
  readonly attributes?: Attributes;
  /** The span during which it was written. */
  readonly span?: Span;
}

export function logRecord(runId: string, plan: LogPlan): LogRecord {
  const { span } = plan;
  return {
    resource: plan.service,
    scope: scopeOf(plan.service),
    timeNs: plan.timeNs,
    severityNumber: SEVERITY[plan.severity],
    severityText: plan.severity.toUpperCase(),
    body: plan.body,
    attributes: ofRun(runId, { format: plan.format, ...plan.attributes }),
    ...(span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId }),
  };
}

import type { Payload, TelemetrySignal } from '../payload.ts';
import type { Message } from './common.ts';
import { type Dialect, JSON_DIALECT, PROTOBUF_DIALECT } from './dialect.ts';
import { logsRequest } from './logs.ts';
import { metricsRequest } from './metrics.ts';
import { otlpType } from './schema.ts';
import { traceRequest } from './traces.ts';

/** The request types of OTLP's services, by signal. */
export const REQUEST_TYPE: Readonly<Record<TelemetrySignal, string>> = {
  traces: 'TraceRequest',
  logs: 'LogsRequest',
  metrics: 'MetricsRequest',
};

function requestOf(payload: Payload, dialect: Dialect): Message {
  switch (payload.signal) {
    case 'traces':
      return traceRequest(payload.resources, payload.spans, dialect);
    case 'logs':
      return logsRequest(payload.resources, payload.logs, dialect);
    case 'metrics':
      return metricsRequest(payload.resources, payload.metrics, dialect);
  }
}

/** `Export…ServiceRequest` in OTLP's JSON form. */
export function otlpJson(payload: Payload): Message {
  return requestOf(payload, JSON_DIALECT);
}

/** `Export…ServiceRequest` in protobuf's binary form. */
export function otlpProtobuf(payload: Payload): Uint8Array {
  return otlpType(REQUEST_TYPE[payload.signal]).encode(requestOf(payload, PROTOBUF_DIALECT)).finish();
}

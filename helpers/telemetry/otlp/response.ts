import type { TelemetrySignal } from '../payload.ts';
import { otlpType } from './schema.ts';

/** What a receiver says of a request that it accepted, wholly or in part. */
export interface PartialSuccess {
  /** Spans, log records or data points that were not taken. */
  readonly rejected: number;
  readonly message: string;
}

const RESPONSE_TYPE: Readonly<Record<TelemetrySignal, string>> = {
  traces: 'TraceResponse',
  logs: 'LogsResponse',
  metrics: 'MetricsResponse',
};

const REJECTED_FIELD: Readonly<Record<TelemetrySignal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

const NOTHING: PartialSuccess = { rejected: 0, message: '' };

/**
 * `Export…ServiceResponse` in binary form. Receivers that answer with an empty body or with something else (Loki's
 * 204, Prometheus' plain 200) rejected nothing.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success
 */
export function decodeProtobufResponse(signal: TelemetrySignal, body: Uint8Array): PartialSuccess {
  if (body.length === 0) return NOTHING;
  try {
    const type = otlpType(RESPONSE_TYPE[signal]);
    return partialSuccess(signal, type.toObject(type.decode(body), { longs: Number }));
  } catch {
    return NOTHING;
  }
}

/** The same in JSON form. */
export function decodeJsonResponse(signal: TelemetrySignal, body: string): PartialSuccess {
  try {
    return partialSuccess(signal, JSON.parse(body));
  } catch {
    return NOTHING;
  }
}

/** `google.rpc.Status`, which receivers send with a refusal; undefined where the body is none. */
export function decodeStatus(body: Uint8Array): string | undefined {
  try {
    const { message } = otlpType('RpcStatus').toObject(otlpType('RpcStatus').decode(body));
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined;
  }
}

function partialSuccess(signal: TelemetrySignal, response: unknown): PartialSuccess {
  const partial = fieldOf(response, 'partialSuccess');
  const rejected = Number(fieldOf(partial, REJECTED_FIELD[signal]) ?? 0);
  const message = fieldOf(partial, 'errorMessage');
  return { rejected: Number.isFinite(rejected) ? rejected : 0, message: typeof message === 'string' ? message : '' };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

import { gzipSync } from 'node:zlib';
import { otlpJson, otlpProtobuf } from '../otlp/encode.ts';
import { decodeJsonResponse, decodeProtobufResponse, decodeStatus, type PartialSuccess } from '../otlp/response.ts';
import { countOf, type Payload, type TelemetrySignal } from '../payload.ts';
import { excerpt } from './errors.ts';
import { type HttpAnswer, request, textOfBody } from './http.ts';
import type { PushEndpoint, Sender, SendOptions, SendResult } from './types.ts';

export type OtlpHttpEncoding = 'protobuf' | 'json';

/**
 * OTLP over HTTP.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function otlpHttpSender(encoding: OtlpHttpEncoding, compression: 'none' | 'gzip'): Sender {
  const protocol = `otlp-http-${encoding}` as const;
  return {
    name: compression === 'none' ? protocol : `${protocol}+${compression}`,
    protocol,
    compression,
    signals: ['traces', 'metrics', 'logs'],
    defaultPath: (signal) => `/v1/${signal}`,
    async send(endpoint: PushEndpoint, payload: Payload, options?: SendOptions): Promise<SendResult> {
      const plain = encoding === 'json' ? Buffer.from(JSON.stringify(otlpJson(payload))) : otlpProtobuf(payload);
      const body = compression === 'gzip' ? gzipSync(plain, { level: 1 }) : plain;
      const headers = {
        'Content-Type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
        ...(compression === 'gzip' ? { 'Content-Encoding': 'gzip' } : {}),
      };
      const answer = await request({ endpoint, body, headers }, options);
      return otlpResult(payload, endpoint.url, answer, body.length);
    },
  };
}

/** 429, 502, 503 and 504 may be sent again. */
const RETRYABLE = new Set([429, 502, 503, 504]);

function otlpResult(payload: Payload, url: string, answer: HttpAnswer, bytes: number): SendResult {
  const sent = countOf(payload);
  const ok = answer.status >= 200 && answer.status < 300;
  const common = { status: answer.status, transport: 'http', sent, url, durationMs: answer.durationMs, bytes } as const;
  if (!ok) {
    const message = excerpt(wordsOf(answer));
    return { ...common, accepted: false, rejected: sent, message, retryable: RETRYABLE.has(answer.status) };
  }
  const partial = partialSuccess(payload.signal, answer);
  return {
    ...common,
    accepted: partial.rejected === 0,
    rejected: partial.rejected,
    message: excerpt(partial.message),
    retryable: false,
  };
}

function isJson(answer: HttpAnswer): boolean {
  return answer.headers['content-type']?.includes('json') ?? false;
}

function partialSuccess(signal: TelemetrySignal, answer: HttpAnswer): PartialSuccess {
  return isJson(answer)
    ? decodeJsonResponse(signal, textOfBody(answer.body))
    : decodeProtobufResponse(signal, answer.body);
}

/** A refusal carries a `google.rpc.Status` in the request's encoding, or plain text. */
function wordsOf(answer: HttpAnswer): string {
  const protobuf = answer.headers['content-type']?.includes('protobuf') ?? false;
  return (protobuf ? decodeStatus(answer.body) : undefined) ?? textOfBody(answer.body);
}

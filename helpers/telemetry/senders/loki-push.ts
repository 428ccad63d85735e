import { gzipSync } from 'node:zlib';
import { longBits } from '../otlp/dialect.ts';
import { countOf, type Payload } from '../payload.ts';
import { type LokiStream, lokiStreams, selectorOf } from '../translation/loki.ts';
import { excerpt } from './errors.ts';
import { request, textOfBody } from './http.ts';
import { lokiPushType } from './loki-schema.ts';
import { snappy } from './snappy.ts';
import type { Compression, PushEndpoint, Sender, SendOptions, SendResult } from './types.ts';

/**
 * Loki's own push API, with structured metadata; the streams are those that Loki makes of the same records by OTLP.
 *
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
 */
export function lokiPushSender(encoding: 'json' | 'protobuf', compression: Compression): Sender {
  const protocol = `loki-push-${encoding}` as const;
  return {
    name: compression === 'gzip' ? `${protocol}+gzip` : protocol,
    protocol,
    compression,
    signals: ['logs'],
    defaultPath: () => '/loki/api/v1/push',
    async send(endpoint: PushEndpoint, payload: Payload, options?: SendOptions): Promise<SendResult> {
      if (payload.signal !== 'logs') throw new RangeError(`Loki's push API takes logs, not ${payload.signal}.`);
      const all = lokiStreams(payload.resources, payload.logs);
      const streams = options?.withoutStructuredMetadata === true ? all.map(bare) : all;
      const body = encode(streams, encoding, compression);
      const headers = {
        'Content-Type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
        ...(compression === 'gzip' ? { 'Content-Encoding': 'gzip' } : {}),
      };
      const answer = await request({ endpoint, body, headers }, options);
      const accepted = answer.status >= 200 && answer.status < 300;
      const message = excerpt(textOfBody(answer.body));
      const sent = countOf(payload);
      return {
        accepted,
        status: answer.status,
        transport: 'http',
        sent,
        rejected: accepted ? 0 : rejectedOf(message, sent, answer.status),
        message,
        retryable: answer.status === 429 || answer.status >= 500,
        url: endpoint.url,
        durationMs: answer.durationMs,
        bytes: body.length,
      };
    },
  };
}

function bare(stream: LokiStream): LokiStream {
  return { ...stream, entries: stream.entries.map((entry) => ({ ...entry, structuredMetadata: {} })) };
}

function encode(streams: readonly LokiStream[], encoding: 'json' | 'protobuf', compression: Compression): Uint8Array {
  if (encoding === 'protobuf') return snappy(lokiProtobuf(streams));
  const json = Buffer.from(JSON.stringify(lokiJson(streams)));
  return compression === 'gzip' ? gzipSync(json, { level: 1 }) : json;
}

/** A 400 refuses single entries and keeps the rest; only some of Loki's messages say how many. */
function rejectedOf(message: string, sent: number, status: number): number | undefined {
  const counted = /total ignored: (\d+) out of (\d+)/.exec(message);
  if (counted !== null) return Number(counted[1]);
  return status === 400 ? undefined : sent;
}

export function lokiJson(streams: readonly LokiStream[]): unknown {
  return {
    streams: streams.map(({ labels, entries }) => ({
      stream: labels,
      values: entries.map(({ timeNs, line, structuredMetadata }) => [String(timeNs), line, structuredMetadata]),
    })),
  };
}

const NS_PER_S = 1_000_000_000n;

export function lokiProtobuf(streams: readonly LokiStream[]): Uint8Array {
  return lokiPushType()
    .encode({
      streams: streams.map(({ labels, entries }) => ({
        labels: selectorOf(labels),
        entries: entries.map(({ timeNs, line, structuredMetadata }) => ({
          timestamp: { seconds: longBits(timeNs / NS_PER_S), nanos: Number(timeNs % NS_PER_S) },
          line,
          structuredMetadata: Object.entries(structuredMetadata).map(([name, value]) => ({ name, value })),
        })),
      })),
    })
    .finish();
}

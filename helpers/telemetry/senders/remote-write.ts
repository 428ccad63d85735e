import { countOf, type Payload } from '../payload.ts';
import { type PrometheusSeries, prometheusSeries, type Translation } from '../translation/prometheus.ts';
import { excerpt } from './errors.ts';
import { request, textOfBody } from './http.ts';
import { writeRequestV1, writeRequestV2 } from './remote-write-encode.ts';
import { snappy } from './snappy.ts';
import type { PushEndpoint, Sender, SendOptions, SendResult } from './types.ts';

const HEADERS = {
  v1: {
    'Content-Type': 'application/x-protobuf',
    'Content-Encoding': 'snappy',
    'X-Prometheus-Remote-Write-Version': '0.1.0',
  },
  v2: {
    'Content-Type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
    'Content-Encoding': 'snappy',
    'X-Prometheus-Remote-Write-Version': '2.0.0',
  },
} as const;

/**
 * Prometheus remote write, with exemplars, native histograms and metadata. The series are those that Prometheus makes of
 * the same metrics by OTLP under `translation`.
 *
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
 */
export function remoteWriteSender(version: 'v1' | 'v2', translation: Translation = {}): Sender {
  const protocol = version === 'v1' ? 'prometheus-remote-write' : 'prometheus-remote-write-2';
  return {
    name: protocol,
    protocol,
    compression: 'snappy',
    signals: ['metrics'],
    defaultPath: () => '/api/v1/write',
    async send(endpoint: PushEndpoint, payload: Payload, options?: SendOptions): Promise<SendResult> {
      if (payload.signal !== 'metrics') throw new RangeError(`Remote write takes metrics, not ${payload.signal}.`);
      const series = prometheusSeries(payload.resources, payload.metrics, translation);
      const result = await writeSeries(version, endpoint, series, options);
      return { ...result, sent: countOf(payload), rejected: result.accepted ? 0 : undefined };
    },
  };
}

/** Remote write of series that were made otherwise. `sent` and `rejected` count samples. */
export async function writeSeries(
  version: 'v1' | 'v2',
  endpoint: PushEndpoint,
  series: readonly PrometheusSeries[],
  options?: SendOptions,
): Promise<SendResult> {
  const body = snappy(version === 'v1' ? writeRequestV1(series) : writeRequestV2(series));
  const answer = await request({ endpoint, body, headers: HEADERS[version] }, options);
  const accepted = answer.status >= 200 && answer.status < 300;
  const sent = series.reduce((sum, one) => sum + one.samples.length + one.histograms.length, 0);
  return {
    accepted,
    status: answer.status,
    transport: 'http',
    sent,
    // A refusal of single samples keeps the others; version 2 says how many were written.
    rejected: accepted ? 0 : rejectedOf(answer.headers, sent),
    message: excerpt(textOfBody(answer.body)),
    retryable: answer.status === 429 || answer.status >= 500,
    url: endpoint.url,
    durationMs: answer.durationMs,
    bytes: body.length,
  };
}

function rejectedOf(headers: Readonly<Record<string, string>>, sent: number): number | undefined {
  const samples = headers['x-prometheus-remote-write-samples-written'];
  const histograms = headers['x-prometheus-remote-write-histograms-written'];
  if (samples === undefined || histograms === undefined) return undefined;
  return sent - Number(samples) - Number(histograms);
}

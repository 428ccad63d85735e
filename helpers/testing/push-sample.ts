import axios from 'axios';

/** Ids that every sample below carries, for tests that follow a link from one signal to another. */
export const SAMPLE_TRACE_ID = '0102030405060708090a0b0c0d0e0f10';
export const SAMPLE_SPAN_ID = '0102030405060708';

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] };

/** Two lines of one stream (`service_name="api"`), 1 ms apart, the first with trace and span id, by OTLP JSON. */
export async function pushSampleLogs(url: string, timeNs: bigint): Promise<void> {
  const first = {
    timeUnixNano: String(timeNs),
    severityText: 'INFO',
    body: { stringValue: 'order 1 placed' },
    attributes: [{ key: 'user_id', value: { stringValue: 'u1' } }],
    traceId: SAMPLE_TRACE_ID,
    spanId: SAMPLE_SPAN_ID,
  };
  const second = {
    timeUnixNano: String(timeNs + 1_000_000n),
    severityText: 'ERROR',
    body: { stringValue: '{"msg":"order 2 failed","code":7}' },
  };
  const payload = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [first, second] }] }] };
  await axios.post(`${url}/otlp/v1/logs`, payload, { proxy: false });
}

/**
 * `shop_orders_total` 7 (with an exemplar), `shop_temp` 21.5 and (kind="nan") NaN, and the native histogram
 * `shop_latency` with count 6 and sum 12.5, by OTLP JSON.
 */
export async function pushSampleMetrics(url: string, timeNs: bigint): Promise<void> {
  const timeUnixNano = String(timeNs);
  const startTimeUnixNano = String(timeNs - 10_000_000_000n);
  const kind = (stringValue: string) => [{ key: 'kind', value: { stringValue } }];
  const exemplar = { timeUnixNano, asDouble: 1.5, traceId: SAMPLE_TRACE_ID, spanId: SAMPLE_SPAN_ID };
  const orders = { timeUnixNano, startTimeUnixNano, asInt: '7', attributes: kind('new'), exemplars: [exemplar] };
  const latency = {
    timeUnixNano,
    startTimeUnixNano,
    count: '6',
    sum: 12.5,
    scale: 0,
    zeroCount: '1',
    positive: { offset: 0, bucketCounts: ['2', '3'] },
  };
  const metrics = [
    { name: 'shop_orders_total', sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [orders] } },
    {
      name: 'shop_temp',
      gauge: {
        dataPoints: [
          { timeUnixNano, asDouble: 21.5 },
          { timeUnixNano, asDouble: 'NaN', attributes: kind('nan') },
        ],
      },
    },
    { name: 'shop_latency', exponentialHistogram: { aggregationTemporality: 2, dataPoints: [latency] } },
  ];
  const payload = { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] };
  await axios.post(`${url}/api/v1/otlp/v1/metrics`, payload, { proxy: false });
}

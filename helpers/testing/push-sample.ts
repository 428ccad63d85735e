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

/**
 * A trace of two spans, `POST /order` (server, error, with every kind of attribute, an event and a link) and its child
 * `SELECT orders` (client), 100 ms each, by OTLP JSON.
 */
export async function pushSampleTrace(otlpUrl: string, startNs: bigint): Promise<void> {
  const times = { startTimeUnixNano: String(startNs), endTimeUnixNano: String(startNs + 100_000_000n) };
  const root = {
    ...times,
    traceId: SAMPLE_TRACE_ID,
    spanId: SAMPLE_SPAN_ID,
    name: 'POST /order',
    kind: 2,
    attributes: [
      { key: 'http.status_code', value: { intValue: '500' } },
      { key: 'big', value: { intValue: '9007199254740993' } },
      { key: 'ratio', value: { doubleValue: 0.5 } },
      { key: 'whole', value: { doubleValue: 2 } },
      { key: 'retry', value: { boolValue: true } },
      { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
    ],
    events: [
      {
        timeUnixNano: String(startNs + 5n),
        name: 'exception',
        attributes: [{ key: 'exception.type', value: { stringValue: 'OutOfStock' } }],
      },
    ],
    links: [{ traceId: 'aa02030405060708090a0b0c0d0e0f10', spanId: 'aa02030405060708' }],
    status: { code: 2, message: 'out of stock' },
  };
  const child = {
    ...times,
    traceId: SAMPLE_TRACE_ID,
    spanId: '1112131415161718',
    parentSpanId: SAMPLE_SPAN_ID,
    name: 'SELECT orders',
    kind: 3,
  };
  const scopeSpans = [{ scope: { name: 'shop', version: '1.0.0' }, spans: [root, child] }];
  await axios.post(`${otlpUrl}/v1/traces`, { resourceSpans: [{ resource, scopeSpans }] }, { proxy: false });
}

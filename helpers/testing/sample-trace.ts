const id = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/** A trace of two spans in the shape of Tempo's `/api/v2/traces` (`/api/traces` names the list `batches`). */
export const SAMPLE_TRACE = {
  trace: {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] },
        scopeSpans: [
          {
            scope: { name: 'shop', version: '1.0.0' },
            spans: [
              {
                traceId: id('0102030405060708090a0b0c0d0e0f10'),
                spanId: id('0102030405060708'),
                name: 'POST /order',
                kind: 'SPAN_KIND_SERVER',
                startTimeUnixNano: '1795362296016000001',
                endTimeUnixNano: '1795362296116000001',
                attributes: [
                  { key: 'http.status_code', value: { intValue: '500' } },
                  { key: 'http.route', value: { stringValue: '/order' } },
                  { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
                  { key: 'retry', value: { boolValue: false } },
                  { key: 'ratio', value: { doubleValue: 0.25 } },
                ],
                events: [{ timeUnixNano: '1795362296020000000', name: 'exception', attributes: [] }],
                links: [{ traceId: id('aa02030405060708090a0b0c0d0e0f10'), spanId: id('aa02030405060708') }],
                status: { code: 'STATUS_CODE_ERROR', message: 'out of stock' },
              },
              {
                traceId: id('0102030405060708090a0b0c0d0e0f10'),
                spanId: id('1112131415161718'),
                parentSpanId: id('0102030405060708'),
                name: 'SELECT orders',
                kind: 'SPAN_KIND_CLIENT',
                startTimeUnixNano: '1795362296036000001',
                endTimeUnixNano: '1795362296046000001',
                status: {},
              },
            ],
          },
        ],
      },
    ],
  },
  metrics: {},
} as const;

/** As of `/api/search`. */
export const SAMPLE_TRACE_SEARCH = {
  traces: [
    {
      traceID: '102030405060708090a0b0c0d0e0f10',
      rootServiceName: 'api',
      rootTraceName: 'POST /order',
      startTimeUnixNano: '1795362296016000001',
      durationMs: 100,
      spanSets: [
        {
          spans: [
            {
              spanID: '0102030405060708',
              name: 'POST /order',
              startTimeUnixNano: '1795362296016000001',
              durationNanos: '100000000',
              attributes: [{ key: 'http.status_code', value: { intValue: '500' } }],
            },
          ],
          matched: 1,
        },
      ],
    },
  ],
  metrics: { inspectedTraces: 1, inspectedBytes: '2048', completedJobs: 1, totalJobs: 1 },
} as const;

/** As of `/api/metrics/query_range`. */
export const SAMPLE_TRACE_METRICS = {
  series: [
    {
      labels: [{ key: 'resource.service.name', value: { stringValue: 'api' } }],
      samples: [
        { timestampMs: '1795362240000', value: 0.5 },
        { timestampMs: '1795362300000', value: 1 },
      ],
      promLabels: '{resource.service.name="api"}',
      exemplars: [],
    },
  ],
  metrics: { inspectedSpans: '60' },
} as const;

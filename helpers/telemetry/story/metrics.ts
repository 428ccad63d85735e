import type { Metric, NumberPoint, Span } from '../types.ts';
import { exemplarFrom, secondsOf } from './exemplars.ts';
import {
  exponentialPoints,
  type Frame,
  histogramPoints,
  labelsOf,
  metricOf,
  numbers,
  summaryPoints,
} from './points.ts';
import { SERVICES } from './shop.ts';

/**
 * The metrics of a story. Every name ends as the OTLP translation would make it end (`_total`, the unit's word), so that
 * it is the same by every protocol and under every translation strategy. `step` runs from 0 at t0 to 12 at t0 + 2 min.
 */
export function makeMetrics(frame: Frame, spans: readonly Span[], errors: boolean): readonly Metric[] {
  return [
    ...counters(frame, spans, errors),
    ...gauges(frame),
    ...perService(frame),
    ...histograms(frame, spans),
    ...lifecycles(frame),
  ];
}

function counters(frame: Frame, spans: readonly Span[], errors: boolean): readonly Metric[] {
  const requests = (service: string): readonly NumberPoint[] =>
    (
      [
        ['GET', '/products', '200', 10],
        ['GET', '/products', '404', 1],
        ['POST', '/checkout', '200', 2],
        ['POST', '/checkout', '502', errors ? 0.5 : 0],
      ] as const
    ).flatMap(([method, route, status, perStep]) =>
      numbers(frame, labelsOf(frame, service, { method, route, status }), (step) => perStep * step),
    );
  const orders = (
    [
      ['card', 2],
      ['invoice', 1],
      ['voucher', 0.25],
    ] as const
  ).flatMap(([payment, perStep]) =>
    numbers(frame, labelsOf(frame, 'api', { payment }), (step) => perStep * step, {
      ...(payment === 'card' ? { exemplar: exemplarFrom(frame, spans, 'orders.create', () => 1) } : {}),
    }),
  );
  return [
    ...['frontend', 'api'].map((service) =>
      metricOf(service, 'shop_requests_total', '', 'Requests by route and status.', {
        kind: 'counter',
        points: requests(service),
      }),
    ),
    metricOf('api', 'shop_orders_total', '', 'Orders: by card 2 more at every step, 0.2 a second.', {
      kind: 'counter',
      points: orders,
    }),
    metricOf('frontend', 'shop_sent_bytes_total', 'By', 'Bytes sent: 1,000,000 more at every step.', {
      kind: 'counter',
      points: numbers(frame, labelsOf(frame, 'frontend'), (step) => 1_000_000 * step),
    }),
  ];
}

function gauges(frame: Frame): readonly Metric[] {
  const queue = (['orders', 'mail'] as const).flatMap((queue, index) =>
    numbers(frame, labelsOf(frame, 'worker', { queue }), (step) => ((step * 3) % 10) + index * 100),
  );
  const replicas = (['north', 'south', 'west'] as const).flatMap((zone, index) =>
    numbers(frame, labelsOf(frame, 'api', { zone }), () => index + 1),
  );
  const special = (
    [
      ['nan', Number.NaN],
      ['inf', Number.POSITIVE_INFINITY],
      ['neg_inf', Number.NEGATIVE_INFINITY],
      ['zero', 0],
      ['tiny', 5e-324],
      ['third', 1 / 3],
    ] as const
  ).flatMap(([example, value]) => numbers(frame, labelsOf(frame, 'batch', { example }), () => value));
  const gauge = (service: string, name: string, unit: string, what: string, points: readonly NumberPoint[]): Metric =>
    metricOf(service, name, unit, what, { kind: 'gauge', points });
  return [
    gauge('worker', 'shop_queue_depth', '', 'A saw-tooth: 3 times the step, modulo 10; mail 100 above.', queue),
    gauge('api', 'shop_replicas', '', 'Constant: 1, 2 and 3 by zone.', replicas),
    gauge('batch', 'shop_special_value', '', 'Constants at the edges of floating point.', special),
    gauge(
      'database',
      'shop_room_celsius',
      'Cel',
      'From -5 up by half a degree a step.',
      numbers(frame, labelsOf(frame, 'database'), (step) => -5 + step / 2),
    ),
    gauge(
      'api',
      'shop_cache_hit_ratio',
      '1',
      'A quarter more at every step up to 1, then again.',
      numbers(frame, labelsOf(frame, 'api'), (step) => (step % 5) / 4),
    ),
  ];
}

/** One series for each process, for aggregation and for joins. */
function perService(frame: Frame): readonly Metric[] {
  return SERVICES.flatMap((service, index) => [
    metricOf(service, 'shop_memory_usage_bytes', 'By', 'Constant: 1,000 times the number of the process, from 1.', {
      kind: 'gauge',
      points: numbers(frame, labelsOf(frame, service), () => 1_000 * (index + 1)),
    }),
    metricOf(service, 'shop_build_info', '', 'Always 1; the version is in a label.', {
      kind: 'gauge',
      points: numbers(
        frame,
        labelsOf(frame, service, { version: `v${index % 3}`, team: `team_${index % 2}` }),
        () => 1,
      ),
    }),
  ]);
}

/** Observations of one step in `shop_request_duration_seconds`, by bucket: 10 of them, 7 s together for `api`. */
export const DURATION_BOUNDS = [0.1, 0.25, 0.5, 1, 2.5] as const;

function histograms(frame: Frame, spans: readonly Span[]): readonly Metric[] {
  const durations = (
    [
      ['frontend', 'GET /products/{id}', [1, 2, 4, 2, 1, 0], 4.5],
      ['api', 'products.get', [2, 3, 2, 1, 1, 1], 7],
    ] as const
  ).map(([service, span, buckets, sum]) => {
    const exemplar = exemplarFrom(frame, spans, span, secondsOf);
    return metricOf(service, 'shop_request_duration_seconds', 's', 'Classic: 10 requests more at every step.', {
      kind: 'histogram',
      bounds: DURATION_BOUNDS,
      points: histogramPoints(frame, labelsOf(frame, service), { buckets, sum }, (step) => {
        const found = exemplar(step);
        return found === undefined ? [] : [found];
      }),
    });
  });
  const payload = exemplarFrom(frame, spans, 'orders.create', () => 3);
  return [
    ...durations,
    metricOf('api', 'shop_payload_size_bytes', 'By', 'Exponential, scale 0: (1,2] 1, (2,4] 2, (4,8] 4, zero 1.', {
      kind: 'exponential-histogram',
      points: exponentialPoints(
        frame,
        labelsOf(frame, 'api'),
        {
          scale: 0,
          zeroCount: 1,
          sum: 32,
          positive: { offset: 0, counts: [1, 2, 4] },
          negative: { offset: 0, counts: [] },
        },
        (step) => {
          const found = payload(step);
          return found === undefined ? [] : [found];
        },
      ),
    }),
    metricOf('payment', 'shop_balance_change', '', 'Exponential, scale 1, gaps, negative buckets.', {
      kind: 'exponential-histogram',
      points: exponentialPoints(frame, labelsOf(frame, 'payment'), {
        scale: 1,
        zeroCount: 0,
        sum: -6.5,
        positive: { offset: -2, counts: [1, 0, 0, 0, 0, 2] },
        negative: { offset: 1, counts: [3, 0, 1] },
      }),
    }),
    metricOf('payment', 'shop_charge_duration_seconds', 's', 'Summary: 5 charges and 1 s more at every step.', {
      kind: 'summary',
      points: summaryPoints(frame, labelsOf(frame, 'payment'), { count: 5, sum: 1 }, [
        { quantile: 0, value: 0.125 },
        { quantile: 0.5, value: 0.1875 },
        { quantile: 0.99, value: 0.5 },
        { quantile: 1, value: 0.75 },
      ]),
    }),
  ];
}

/** Series that begin late, end early, or start again. */
function lifecycles(frame: Frame): readonly Metric[] {
  const reset = labelsOf(frame, 'batch');
  return [
    metricOf('batch', 'shop_restarted_total', '', 'Grows by 5 a step; reset to 0 at step 6.', {
      kind: 'counter',
      points: [
        ...numbers(frame, reset, (step) => 5 * step, { to: 5 }),
        ...numbers(frame, reset, (step) => 5 * (step - 6), { from: 6 }),
      ],
    }),
    metricOf('batch', 'shop_late_total', '', 'Begins at step 6.', {
      kind: 'counter',
      points: numbers(frame, labelsOf(frame, 'batch'), (step) => step - 6, { from: 6 }),
    }),
    metricOf('worker', 'shop_ended_value', '', 'Has no point after step 4.', {
      kind: 'gauge',
      points: numbers(frame, labelsOf(frame, 'worker'), (step) => step, { to: 4 }),
    }),
    metricOf('worker', 'shop_stale_value', '', 'Marked as ended at step 5.', {
      kind: 'gauge',
      points: numbers(frame, labelsOf(frame, 'worker', { end: 'marked' }), (step) => step, { to: 4, endsStale: true }),
    }),
  ];
}

import type { ExponentialPoint } from '../types.ts';

/** Prometheus ignores the zero threshold that OTLP carries and takes this one. */
export const ZERO_THRESHOLD = 1e-128;

/** A Prometheus native histogram with integer counts; bucket n spans (base^(n-1), base^n], base = 2^(2^-schema). */
export interface NativeHistogram {
  readonly count: number;
  readonly sum: number;
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: BucketRun;
  readonly negative: BucketRun;
}

/** Neighbouring buckets, the first with index `from`. */
export interface BucketRun {
  readonly from: number;
  readonly counts: readonly number[];
}

/**
 * OTLP's bucket n is (base^n, base^(n+1)], Prometheus' (base^(n-1), base^n], hence the shift by one.
 * Scales outside -4…8 are not in the story and not handled.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#exponential-histograms
 */
export function nativeHistogramOf(point: ExponentialPoint): NativeHistogram {
  if (point.scale < -4 || point.scale > 8) {
    throw new RangeError(`Native histograms have scales from -4 to 8, not ${point.scale}.`);
  }
  const shifted = (buckets: ExponentialPoint['positive']): BucketRun => ({
    from: buckets.offset + 1,
    counts: buckets.counts,
  });
  return {
    count: point.count,
    sum: point.sum,
    schema: point.scale,
    zeroThreshold: ZERO_THRESHOLD,
    zeroCount: point.zeroCount,
    positive: shifted(point.positive),
    negative: shifted(point.negative),
  };
}

/** A bucket as Prometheus' HTTP API answers: rule (0 open left, 1 open right, 3 closed), lower, upper, count. */
export type ApiBucket = readonly [rule: number, lower: number, upper: number, count: number];

/**
 * The buckets that Prometheus' HTTP API lists: those that are not empty, from the lowest up.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms
 */
export function apiBucketsOf(histogram: NativeHistogram): readonly ApiBucket[] {
  const bound = (index: number): number => 2 ** (index * 2 ** -histogram.schema);
  const filled = (run: BucketRun): readonly (readonly [index: number, count: number])[] =>
    run.counts.map((count, position) => [run.from + position, count] as const).filter(([, count]) => count > 0);
  const zero: readonly ApiBucket[] =
    histogram.zeroCount > 0 ? [[3, -histogram.zeroThreshold, histogram.zeroThreshold, histogram.zeroCount]] : [];
  return [
    ...filled(histogram.negative)
      .map(([index, count]): ApiBucket => [1, -bound(index), -bound(index - 1), count])
      .reverse(),
    ...zero,
    ...filled(histogram.positive).map(([index, count]): ApiBucket => [0, bound(index - 1), bound(index), count]),
  ];
}

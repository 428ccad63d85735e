import type { Exemplar, ExponentialPoint, Metric, NumberPoint, PointBase, Resource } from '../types.ts';
import { grouped, keyValues, type Message } from './common.ts';
import type { Dialect } from './dialect.ts';

const CUMULATIVE = 2;
/** `DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK`. */
const NO_RECORDED_VALUE = 1;

/** `ExportMetricsServiceRequest`; sums and histograms are cumulative. */
export function metricsRequest(resources: readonly Resource[], metrics: readonly Metric[], dialect: Dialect): Message {
  return {
    resourceMetrics: grouped(resources, metrics, dialect, { scopes: 'scopeMetrics', records: 'metrics' }, (metric) => ({
      name: metric.name,
      description: metric.description,
      unit: metric.unit,
      ...dataMessage(metric, dialect),
    })),
  };
}

function dataMessage(metric: Metric, dialect: Dialect): Message {
  const { data } = metric;
  const { long, double } = dialect;
  const base = (point: PointBase): Message => baseMessage(point, dialect);
  switch (data.kind) {
    case 'counter': {
      const dataPoints = data.points.map((point) => ({ ...base(point), ...numberValue(point, dialect) }));
      return { sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true } };
    }
    case 'gauge':
      return { gauge: { dataPoints: data.points.map((point) => ({ ...base(point), asDouble: double(point.value) })) } };
    case 'histogram': {
      const dataPoints = data.points.map((point) => ({
        ...base(point),
        count: long(point.count),
        sum: point.sum,
        bucketCounts: point.bucketCounts.map(long),
        explicitBounds: data.bounds,
      }));
      return { histogram: { dataPoints, aggregationTemporality: CUMULATIVE } };
    }
    case 'exponential-histogram': {
      const dataPoints = data.points.map((point) => ({
        ...base(point),
        count: long(point.count),
        sum: point.sum,
        scale: point.scale,
        zeroCount: long(point.zeroCount),
        zeroThreshold: point.zeroThreshold,
        positive: buckets(point.positive, dialect),
        negative: buckets(point.negative, dialect),
      }));
      return { exponentialHistogram: { dataPoints, aggregationTemporality: CUMULATIVE } };
    }
    case 'summary': {
      const dataPoints = data.points.map((point) => ({
        ...base(point),
        count: long(point.count),
        sum: point.sum,
        quantileValues: point.quantiles,
      }));
      return { summary: { dataPoints } };
    }
  }
}

function baseMessage(point: PointBase, dialect: Dialect): Message {
  return {
    attributes: keyValues(point.attributes, dialect),
    startTimeUnixNano: dialect.long(point.startNs),
    timeUnixNano: dialect.long(point.timeNs),
    ...(point.exemplars === undefined
      ? {}
      : { exemplars: point.exemplars.map((one) => exemplarMessage(one, dialect)) }),
    ...(point.noRecordedValue === true ? { flags: NO_RECORDED_VALUE } : {}),
  };
}

/** Whole numbers travel as integers, so that both forms of a data point's value are used. */
function numberValue(point: NumberPoint, dialect: Dialect): Message {
  return Number.isSafeInteger(point.value)
    ? { asInt: dialect.long(point.value) }
    : { asDouble: dialect.double(point.value) };
}

function buckets(run: ExponentialPoint['positive'], dialect: Dialect): Message {
  return { offset: run.offset, bucketCounts: run.counts.map(dialect.long) };
}

function exemplarMessage(exemplar: Exemplar, dialect: Dialect): Message {
  return {
    timeUnixNano: dialect.long(exemplar.timeNs),
    asDouble: exemplar.value,
    traceId: dialect.id(exemplar.traceId),
    spanId: dialect.id(exemplar.spanId),
    filteredAttributes: keyValues(exemplar.attributes, dialect),
  };
}

import {
  type Decoder,
  element,
  field,
  fieldOr,
  floatText,
  labelSet,
  list,
  listOrNull,
  mismatch,
  number,
  object,
  secondsToMs,
  text,
  tuple,
} from './decode.ts';
import type {
  ExemplarSeries,
  MatrixRow,
  NativeBucket,
  NativeHistogram,
  Point,
  QueryAnswer,
  QueryResult,
  VectorRow,
} from './prometheus-types.ts';

/** The envelope of every answer of the API: `{status, data, warnings?, infos?}`. */
export interface Envelope<T> {
  readonly data: T;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

export function envelope<T>(data: Decoder<T>): Decoder<Envelope<T>> {
  return (json) => {
    const from = object(json);
    const status = field(from, 'status', text);
    if (status !== 'success') throw mismatch('an answer with status "success"', json);
    return {
      data: field(from, 'data', data),
      warnings: fieldOr(from, 'warnings', list(text), []),
      infos: fieldOr(from, 'infos', list(text), []),
    };
  };
}

const BOUNDARIES: readonly NativeBucket['boundaries'][] = ['open-left', 'open-right', 'open-both', 'closed-both'];

const nativeBucket: Decoder<NativeBucket> = (json) => {
  const parts = tuple(json);
  const boundaries = element(parts, 0, (rule) => {
    const name = BOUNDARIES[number(rule)];
    if (name === undefined) throw mismatch('a boundary rule from 0 to 3', rule);
    return name;
  });
  return {
    boundaries,
    lower: element(parts, 1, floatText),
    upper: element(parts, 2, floatText),
    count: element(parts, 3, floatText),
  };
};

export const nativeHistogram: Decoder<NativeHistogram> = (json) => {
  const from = object(json);
  return {
    count: field(from, 'count', floatText),
    sum: field(from, 'sum', floatText),
    buckets: fieldOr(from, 'buckets', list(nativeBucket), []),
  };
};

const pair =
  <T>(value: Decoder<T>): Decoder<{ timeMs: number; value: T }> =>
  (json) => {
    const parts = tuple(json);
    return { timeMs: element(parts, 0, secondsToMs), value: element(parts, 1, value) };
  };
const floatPoint = pair(floatText);
const histogramPoint = pair(nativeHistogram);
const stringPoint = pair(text);
const floatPoints = list(floatPoint);
const histogramPoints = list(histogramPoint);

export const vectorRow: Decoder<VectorRow> = (json) => {
  const from = object(json);
  const point: Point =
    from.histogram === undefined ? field(from, 'value', floatPoint) : field(from, 'histogram', histogramPoint);
  return { labels: field(from, 'metric', labelSet), timeMs: point.timeMs, value: point.value };
};

export const matrixRow: Decoder<MatrixRow> = (json) => {
  const from = object(json);
  const labels = field(from, 'metric', labelSet);
  const floats: readonly Point[] = fieldOr(from, 'values', floatPoints, []);
  const histograms: readonly Point[] = fieldOr(from, 'histograms', histogramPoints, []);
  if (from.values === undefined && from.histograms === undefined) throw mismatch('a series with values', json);
  if (histograms.length === 0) return { labels, points: floats };
  return { labels, points: [...floats, ...histograms].sort((a, b) => a.timeMs - b.timeMs) };
};

/** `{resultType, result}`, of Prometheus and of Loki's metric queries. */
export const queryResult: Decoder<QueryResult> = (json) => {
  const from = object(json);
  const type = field(from, 'resultType', text);
  switch (type) {
    case 'vector':
      return { type, rows: field(from, 'result', listOrNull(vectorRow)) };
    case 'matrix':
      return { type, rows: field(from, 'result', listOrNull(matrixRow)) };
    case 'scalar':
      return { type, ...field(from, 'result', floatPoint) };
    case 'string': {
      const { timeMs, value } = field(from, 'result', stringPoint);
      return { type, timeMs, text: value };
    }
    default:
      throw mismatch('an object whose resultType is vector, matrix, scalar or string', json);
  }
};

export const queryAnswer: Decoder<QueryAnswer> = (json) => {
  const { data, warnings, infos } = envelope(queryResult)(json);
  return { result: data, warnings, infos };
};

export const exemplarSeries: Decoder<ExemplarSeries> = (json) => {
  const from = object(json);
  return {
    labels: field(from, 'seriesLabels', labelSet),
    exemplars: field(
      from,
      'exemplars',
      listOrNull((item) => {
        const exemplar = object(item);
        return {
          labels: field(exemplar, 'labels', labelSet),
          value: field(exemplar, 'value', floatText),
          timeMs: field(exemplar, 'timestamp', secondsToMs),
        };
      }),
    ),
  };
};

import type { ApiBucket } from '../translation/native-histogram.ts';
import { apiBucketsOf } from '../translation/native-histogram.ts';
import { type PrometheusSeries, seriesKey } from '../translation/prometheus.ts';

/**
 * What engines answer about pushed telemetry, in shapes that compare with the expected views. Deliberately apart from
 * `helpers/clients`: a fault there must not hide one here.
 */

/** A series as text: key, then `time value` lines; histograms with their buckets. */
export type SeriesText = Readonly<Record<string, readonly string[]>>;

interface MatrixRow {
  readonly metric: Readonly<Record<string, string>>;
  readonly values?: readonly (readonly [number, string])[];
  readonly histograms?: readonly (readonly [
    number,
    {
      readonly count: string;
      readonly sum: string;
      readonly buckets?: readonly (readonly [number, string, string, string])[];
    },
  ])[];
}

export async function getJson(url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

export function rowsAt<T>(value: unknown, ...path: readonly (string | number)[]): readonly T[] {
  const found = at(value, ...path);
  if (!Array.isArray(found))
    throw new Error(`There is no list at ${path.join('.')} in ${JSON.stringify(value).slice(0, 300)}`);
  return found;
}

/** Every raw sample of the selector's series in the 10 minutes up to `untilMs`. */
export async function prometheusSamples(base: string, selector: string, untilMs: number): Promise<SeriesText> {
  const query = new URLSearchParams({ query: `${selector}[10m]`, time: String(untilMs / 1_000) });
  const rows = rowsAt<MatrixRow>(await getJson(`${base}/api/v1/query?${query}`), 'data', 'result');
  return Object.fromEntries(
    rows.map(({ metric, values = [], histograms = [] }) => {
      const { __name__: name = '', ...labels } = metric;
      return [
        seriesKey(name, labels),
        [
          ...values.map(([time, value]) => sampleText(time * 1_000, numberOf(value))),
          ...histograms.map(([time, { count, sum, buckets = [] }]) =>
            histogramText(
              time * 1_000,
              numberOf(count),
              numberOf(sum),
              buckets.map(([rule, lower, upper, n]) => [rule, numberOf(lower), numberOf(upper), numberOf(n)]),
            ),
          ),
        ],
      ];
    }),
  );
}

/** The same of what is expected; series that only have a staleness marker left are not there. */
export function expectedSamples(series: readonly PrometheusSeries[]): SeriesText {
  return Object.fromEntries(
    series.map(({ name, labels, samples, histograms }) => [
      seriesKey(name, labels),
      [
        ...samples.filter((sample) => sample.stale !== true).map(({ tMs, value }) => sampleText(tMs, value)),
        ...histograms.map(({ tMs, histogram }) =>
          histogramText(tMs, histogram.count, histogram.sum, apiBucketsOf(histogram)),
        ),
      ],
    ]),
  );
}

export interface ExemplarText {
  readonly series: string;
  readonly exemplars: readonly string[];
}

export async function prometheusExemplars(
  base: string,
  run: string,
  fromMs: number,
  toMs: number,
): Promise<SeriesText> {
  const asked = { query: `{run="${run}"}`, start: String(fromMs / 1_000), end: String(toMs / 1_000) };
  const rows = rowsAt<{
    seriesLabels: Record<string, string>;
    exemplars: { labels: Record<string, string>; value: string; timestamp: number }[];
  }>(await getJson(`${base}/api/v1/query_exemplars?${new URLSearchParams(asked)}`), 'data');
  return Object.fromEntries(
    rows.map(({ seriesLabels, exemplars }) => {
      const { __name__: name = '', ...labels } = seriesLabels;
      return [
        seriesKey(name, labels),
        exemplars.map((one) => exemplarText(one.labels, numberOf(one.value), Math.round(one.timestamp * 1_000))),
      ];
    }),
  );
}

export function expectedExemplars(series: readonly PrometheusSeries[]): SeriesText {
  return Object.fromEntries(
    series
      .filter(({ exemplars }) => exemplars.length > 0)
      .map(({ name, labels, exemplars }) => [
        seriesKey(name, labels),
        exemplars.map((one) => exemplarText(one.labels, one.value, one.tMs)),
      ]),
  );
}

function exemplarText(labels: Readonly<Record<string, string>>, value: number, tMs: number): string {
  return `${tMs} ${seriesKey('', labels)} ${value}`;
}

function numberOf(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

function sampleText(tMs: number, value: number): string {
  return `${Math.round(tMs)} ${value}`;
}

/** Bucket bounds are rounded: powers of two with fractions come out of two mathematics libraries. */
function histogramText(tMs: number, count: number, sum: number, buckets: readonly ApiBucket[]): string {
  const texts = buckets.map(
    ([rule, lower, upper, n]) => `${rule}:${lower.toPrecision(12)}..${upper.toPrecision(12)}=${n}`,
  );
  return `${Math.round(tMs)} count=${count} sum=${sum} ${texts.join(' ')}`;
}

/** A log entry as text: time, line, structured metadata. */
export type StreamText = Readonly<Record<string, readonly string[]>>;

/** Every entry of the selector's streams in the given window, labels apart from structured metadata. */
export async function lokiEntries(
  base: string,
  selector: string,
  fromMs: number,
  toMs: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<StreamText> {
  const asked = {
    query: selector,
    start: `${fromMs}000000`,
    end: `${toMs}000000`,
    limit: '5000',
    direction: 'forward',
  };
  const answer = await getJson(`${base}/loki/api/v1/query_range?${new URLSearchParams(asked)}`, {
    'X-Loki-Response-Encoding-Flags': 'categorize-labels',
    ...headers,
  });
  const rows = rowsAt<{
    stream: Record<string, string>;
    values: [string, string, { structuredMetadata?: Record<string, string> }?][];
  }>(answer, 'data', 'result');
  const streams: Record<string, string[]> = {};
  for (const { stream, values } of rows) {
    const entries = streams[seriesKey('', stream)] ?? [];
    streams[seriesKey('', stream)] = entries;
    entries.push(...values.map(([time, line, more]) => entryText(time, line, more?.structuredMetadata ?? {})));
  }
  return Object.fromEntries(Object.entries(streams).map(([key, entries]) => [key, entries.sort()]));
}

export function entryText(time: bigint | string, line: string, metadata: Readonly<Record<string, string>>): string {
  return `${time} ${JSON.stringify(line)} ${seriesKey('', metadata)}`;
}

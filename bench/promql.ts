import type { Labels } from '../helpers/clients/prometheus-types.ts';
import { STEP_MS, STEPS } from '../helpers/telemetry/story/clock.ts';
import { expectedSeries } from '../helpers/telemetry/story/expected.ts';
import { type PrometheusSeries, seriesKey } from '../helpers/telemetry/translation/prometheus.ts';
import type { Story } from '../helpers/telemetry/types.ts';
import { type Assertion, mustEqual, pick } from './assertion.ts';

/** `vector(1)`: what the round trip costs when the engine has next to nothing to do. */
export function cheapestPromql(count: number, atMs: number): readonly Assertion[] {
  const rows = [{ labels: {}, timeMs: atMs, value: 1 }];
  return Array.from({ length: count }, () => promql('vector(1)', atMs, rows));
}

/**
 * Instant queries in equal parts: one series by all its labels, all series of a metric, how many there are, their sum.
 * Expected values come from the story, not from the engine.
 */
export function promqlAssertions(story: Story, count: number): readonly Assertion[] {
  const metrics = [...byName(expectedSeries(story))];
  return Array.from({ length: count }, (_, index) => {
    const [name, series] = pick(metrics, Math.floor(index / 4));
    const atMs = story.t0Ms + (1 + (Math.floor(index / (4 * metrics.length)) % STEPS)) * STEP_MS;
    const one = pick(series, index);
    const all = `${name}{run="${story.runId}"}`;
    const values = series.map((each) => valueAt(each, atMs));
    switch (index % 4) {
      case 0:
        return promql(seriesKey(name, one.labels), atMs, [rowOf(one, atMs)]);
      case 1:
        return promql(
          all,
          atMs,
          series.map((each) => rowOf(each, atMs)),
        );
      case 2:
        return promql(`count(${all})`, atMs, [{ labels: {}, timeMs: atMs, value: series.length }]);
      default: {
        const value = values.reduce((sum, each) => sum + each, 0);
        return promql(`sum(${all})`, atMs, [{ labels: {}, timeMs: atMs, value }]);
      }
    }
  });
}

interface Row {
  readonly labels: Labels;
  readonly timeMs: number;
  readonly value: number;
}

function promql(query: string, atMs: number, rows: readonly Row[]): Assertion {
  const want = inOrder(rows);
  return {
    language: 'PromQL',
    query,
    async hold({ prometheus }) {
      const { result } = await prometheus.query(query, { atMs });
      mustEqual(query, result.type === 'vector' ? inOrder(result.rows) : result, want);
    },
  };
}

/** Prometheus promises no order. */
function inOrder<T extends { readonly labels: Labels }>(rows: readonly T[]): readonly T[] {
  if (rows.length < 2) return rows;
  return rows
    .map((row) => ({ row, key: seriesKey('', row.labels) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ row }) => row);
}

/** Metrics of the story with a sample at every step, all of them whole numbers, so that sums are exact in any order. */
function byName(all: readonly PrometheusSeries[]): ReadonlyMap<string, readonly PrometheusSeries[]> {
  const found = new Map<string, PrometheusSeries[]>();
  for (const series of all) found.set(series.name, [...(found.get(series.name) ?? []), series]);
  for (const [name, group] of found) {
    if (!group.every(({ labels, samples }) => labels.run !== undefined && isPlain(samples))) found.delete(name);
  }
  return found;
}

function isPlain(samples: PrometheusSeries['samples']): boolean {
  return samples.length === STEPS + 1 && samples.every(({ value, stale }) => stale !== true && Number.isInteger(value));
}

function valueAt({ name, samples }: PrometheusSeries, atMs: number): number {
  const sample = samples.find(({ tMs }) => tMs === atMs);
  if (sample === undefined) throw new RangeError(`${name} has no sample at ${atMs}.`);
  return sample.value;
}

function rowOf(series: PrometheusSeries, atMs: number): Row {
  return { labels: { __name__: series.name, ...series.labels }, timeMs: atMs, value: valueAt(series, atMs) };
}

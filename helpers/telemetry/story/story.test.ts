import { describe, expect, it } from 'vitest';
import { storyStart } from './clock.ts';
import { expectedLogStreams, expectedSeries, expectedTraces } from './expected.ts';
import { makeLoad } from './load.ts';
import { makeStory, type StorySize } from './story.ts';

const T0 = Date.UTC(2026, 10, 20, 8, 30);
const runId = 'r-1';
const story = makeStory({ runId, t0Ms: T0 });

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((id) => other.has(id));
}

describe('makeStory', () => {
  it.each<StorySize>(['small', 'normal'])('is a pure function of run id and start (%s)', (size) => {
    expect(makeStory({ runId, t0Ms: T0, size })).toEqual(makeStory({ runId, t0Ms: T0, size }));
  });

  it('differs by run id and by start', () => {
    const ids = (other: { runId?: string; t0Ms?: number }): Set<string> =>
      new Set(makeStory({ runId, t0Ms: T0, ...other }).spans.map((span) => span.spanId));
    expect(shared(ids({}), ids({ runId: 'r-2' }))).toEqual([]);
    expect(shared(ids({}), ids({ t0Ms: T0 + 60_000 }))).toEqual([]);
  });

  it('has the shapes that the languages are tested with', () => {
    const traces = expectedTraces(story);
    expect({ traces: traces.length, spans: story.spans.length, logs: story.logs.length }).toEqual({
      traces: 144,
      spans: 733,
      logs: 510,
    });
    expect(new Set(story.spans.map((span) => span.kind)).size).toBe(5);
    expect(new Set(story.spans.map((span) => span.status)).size).toBe(3);
    expect(new Set(story.metrics.map((metric) => metric.data.kind)).size).toBe(5);
    expect(new Set(story.logs.map((log) => log.severityNumber))).toEqual(new Set([1, 5, 9, 13, 17, 21]));
    expect(Math.max(...traces.map((trace) => trace.spans.length))).toBe(61);
    expect(story.spans.filter((span) => span.links.length > 0)).toHaveLength(4);
    expect(story.spans.filter((span) => span.events.some((event) => event.name === 'exception'))).toHaveLength(14);
    expect(story.spans.some((span) => Array.isArray(span.attributes['cart.items']))).toBe(true);
  });

  it('has unique span ids, and every parent and link target in the story', () => {
    const ids = new Set(story.spans.map((span) => span.spanId));
    expect(ids.size).toBe(story.spans.length);
    for (const span of story.spans) {
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
      if (span.parentSpanId !== undefined) expect(ids).toContain(span.parentSpanId);
      for (const link of span.links) expect(ids).toContain(link.spanId);
    }
  });

  it('lets every child lie within its parent', () => {
    const byId = new Map(story.spans.map((span) => [span.spanId, span]));
    const outside = story.spans.filter((span) => {
      const parent = byId.get(span.parentSpanId ?? '');
      return parent !== undefined && (span.startNs < parent.startNs || span.endNs > parent.endNs);
    });
    expect(outside).toEqual([]);
  });

  it('dates spans in the last 45 s, everything else within its two minutes, nothing at or after the end', () => {
    const at = (ms: number): bigint => BigInt(T0 + ms) * 1_000_000n;
    for (const span of story.spans) {
      expect(span.startNs >= at(75_000) && span.endNs > span.startNs && span.endNs < at(120_000)).toBe(true);
    }
    for (const log of story.logs) expect(log.timeNs >= at(0) && log.timeNs < at(120_000)).toBe(true);
    for (const metric of story.metrics) {
      for (const point of metric.data.points) expect(point.timeNs >= at(0) && point.timeNs <= at(120_000)).toBe(true);
    }
  });

  it('marks every record with the run', () => {
    expect(story.resources.every((resource) => resource.attributes['telltale.run'] === runId)).toBe(true);
    const points = story.metrics.flatMap((metric) => metric.data.points.map((point) => point.attributes));
    const records = [...story.spans, ...story.logs].map((record) => record.attributes);
    expect([...points, ...records].filter((attributes) => attributes.run !== runId)).toEqual([]);
    expect(story.logs.filter((log) => !log.body.includes(runId))).toEqual([]);
  });

  it('points exemplars and logs to spans of the story that were running', () => {
    const byId = new Map(story.spans.map((span) => [span.spanId, span]));
    const exemplars = story.metrics.flatMap((metric) =>
      metric.data.points.flatMap((point) =>
        (point.exemplars ?? []).map((exemplar) => ({ exemplar, untilNs: point.timeNs })),
      ),
    );
    expect(exemplars.length).toBeGreaterThan(10);
    for (const { exemplar, untilNs } of exemplars) {
      expect(byId.get(exemplar.spanId)?.traceId).toBe(exemplar.traceId);
      expect(exemplar.timeNs <= untilNs).toBe(true);
    }
    for (const log of story.logs.filter((record) => record.spanId !== undefined)) {
      const span = byId.get(log.spanId ?? '');
      expect(span?.traceId).toBe(log.traceId);
      expect(span !== undefined && log.timeNs >= span.startNs && log.timeNs <= span.endNs).toBe(true);
    }
  });

  it('has no error anywhere when small', () => {
    const small = makeStory({ runId, t0Ms: T0, size: 'small' });
    expect(small.spans.filter((span) => span.status === 'error')).toEqual([]);
    expect(small.logs.filter((log) => log.severityNumber >= 13)).toEqual([]);
    expect(small.logs.filter((log) => /error|fatal|refused|\b50\d\b/i.test(log.body))).toEqual([]);
    const failures = expectedSeries(small).filter((series) => series.labels.status === '502');
    expect(failures.flatMap((series) => series.samples).every((sample) => sample.value === 0)).toBe(true);
  });

  it.each(['', 'a b', 'a/b', 'x'.repeat(65)])('refuses the run id "%s"', (bad) => {
    expect(() => makeStory({ runId: bad, t0Ms: T0 })).toThrow(/must be 1 to 64 letters/);
  });

  it('refuses a start that is not a whole minute', () => {
    expect(() => makeStory({ runId, t0Ms: T0 + 1 })).toThrow(/whole minute/);
  });
});

describe('storyStart', () => {
  it.each([0, 1, 30_000, 59_999])('is a whole minute, and the story over, %i ms into a minute', (offset) => {
    const start = storyStart(T0 + offset);
    expect(start % 60_000).toBe(0);
    expect(start + 120_000).toBeLessThanOrEqual(T0 + offset);
    expect(start + 180_000).toBeGreaterThan(T0 + offset);
  });
});

describe('expected views', () => {
  it('has the series names that are written in the story: the OTLP translation changes none', () => {
    for (const metric of story.metrics) {
      const { name, unit, data } = metric;
      expect(name).toMatch(/^[a-z][a-z_]*[a-z]$/);
      expect(name.includes('__')).toBe(false);
      expect(name.endsWith('_total')).toBe(data.kind === 'counter');
      const word = { '': '', '1': 'ratio', s: 'seconds', By: 'bytes', Cel: 'celsius' }[unit];
      expect(word).toBeDefined();
      expect(name.replace(/_total$/, '').endsWith(word ?? '?')).toBe(true);
      for (const point of data.points) {
        for (const label of Object.keys(point.attributes)) expect(label).toMatch(/^[a-z_]+$/);
      }
    }
  });

  it('has each series once, with samples in order', () => {
    const series = expectedSeries(story);
    const keys = series.map(({ name, labels }) => `${name} ${JSON.stringify(Object.entries(labels).sort())}`);
    expect(new Set(keys).size).toBe(series.length);
    for (const { samples, histograms } of series) {
      const times = [...samples, ...histograms].map(({ tMs }) => tMs);
      expect(times).toEqual([...new Set(times)].sort((one, other) => one - other));
    }
  });

  it('lets the card orders grow by 2 every 10 s', () => {
    const card = expectedSeries(story).find(
      ({ name, labels }) => name === 'shop_orders_total' && labels.payment === 'card',
    );
    expect(card?.labels).toEqual({
      job: 'shop/api',
      instance: 'api-r-1',
      run: 'r-1',
      service_name: 'api',
      payment: 'card',
    });
    expect(card?.samples).toEqual(Array.from({ length: 13 }, (_, k) => ({ tMs: T0 + k * 10_000, value: 2 * k })));
  });

  it('has promoted resource attributes where they are asked for', () => {
    const [series] = expectedSeries(story, { promoteResourceAttributes: ['deployment.environment'] });
    expect(series?.labels.deployment_environment).toBe('telltale');
  });

  it('has a log stream for each service that writes, with every line', () => {
    const streams = expectedLogStreams(story);
    expect(streams.map(({ labels }) => labels.service_name).sort()).toEqual(
      ['api', 'batch', 'database', 'frontend', 'payment', 'worker'].sort(),
    );
    expect(streams.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(story.logs.length);
  });
});

describe('makeLoad', () => {
  it('yields as many traces as asked for, in chunks, with ids that are the story’s nowhere', () => {
    const chunks = [...makeLoad({ runId, t0Ms: T0, traces: 45, chunk: 20 })];
    expect(chunks.map(({ spans }) => new Set(spans.map((span) => span.traceId)).size)).toEqual([20, 20, 5]);
    const ids = new Set(chunks.flatMap(({ spans }) => spans.map((span) => span.spanId)));
    expect(ids.size).toBe(41 * 4 + 4 * 6);
    expect(shared(ids, new Set(story.spans.map((span) => span.spanId)))).toEqual([]);
  });
});

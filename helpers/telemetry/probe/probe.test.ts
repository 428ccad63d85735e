import { describe, expect, it } from 'vitest';
import { senders } from '../senders/table.ts';
import { expectedLogStreams, expectedSeries, expectedTraces } from '../story/expected.ts';
import { makeProbe, makeProbes } from './probe.ts';

const frame = { runId: 'r-1', t0Ms: Date.UTC(2026, 10, 20, 8, 30) };
const columns = senders.map((sender) => sender.name);

describe('makeProbe', () => {
  it('is a pure function', () => {
    expect(makeProbe({ ...frame, column: 'otlp-grpc' })).toEqual(makeProbe({ ...frame, column: 'otlp-grpc' }));
  });

  it('gives every column its own series, streams, traces and values', () => {
    const probes = [...makeProbes(frame, columns).values()];
    const distinct = (values: readonly unknown[]): number => new Set(values.map((value) => JSON.stringify(value))).size;
    expect(distinct(probes.map((probe) => probe.marker))).toBe(columns.length);
    expect(distinct(probes.map((probe) => probe.traceId))).toBe(columns.length);
    expect(distinct(probes.map((probe) => probe.counter))).toBe(columns.length);
    expect(distinct(probes.flatMap((probe) => expectedLogStreams(probe).map(({ labels }) => labels)))).toBe(
      columns.length,
    );
    const series = probes.flatMap((probe) => expectedSeries(probe).map(({ name, labels }) => [name, labels]));
    expect(distinct(series)).toBe(series.length);
  });

  it('has one counter, one gauge, one histogram, 3 lines and a trace of 3 spans, without errors', () => {
    const probe = makeProbe({ ...frame, column: 'otlp-grpc' });
    expect(probe.metrics.map((metric) => metric.data.kind)).toEqual(['counter', 'gauge', 'histogram']);
    expect(probe.logs.map((log) => log.attributes.route)).toEqual(['otlp-grpc', 'otlp-grpc', 'otlp-grpc']);
    expect(expectedTraces(probe).map((trace) => trace.spans.length)).toEqual([3]);
    expect(probe.spans.some((span) => span.status === 'error')).toBe(false);
  });

  it('is dated within the story unless told otherwise', () => {
    expect(makeProbe({ ...frame, column: 'x' }).atMs).toBe(frame.t0Ms + 110_000);
    expect(makeProbe({ ...frame, column: 'x', atMs: 5_000_000 }).logs[0]?.timeNs).toBe(5_000_000n * 1_000_000n);
  });
});

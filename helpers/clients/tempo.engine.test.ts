import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTempo } from '../testing/engines.ts';
import { findTestEngine, skipNote } from '../testing/find-test-engine.ts';
import type { LocalEngine } from '../testing/local-engine.ts';
import { pushSampleTrace, SAMPLE_SPAN_ID, SAMPLE_TRACE_ID } from '../testing/push-sample.ts';
import { eventually, found, notYet } from '../waiting/eventually.ts';
import { configAt } from './config-text.ts';
import { sumOf } from './metrics-text.ts';
import { TempoClient } from './tempo.ts';

const binary = findTestEngine('tempo');

describe.skipIf(binary === undefined)(`the Tempo client on a real engine${skipNote(binary, 'tempo')}`, () => {
  let engine: LocalEngine;
  let client: TempoClient;
  const timeMs = Date.now();
  const startNs = BigInt(timeMs) * 1_000_000n + 1n;
  const range = { startMs: timeMs - 60_000, endMs: timeMs + 60_000 };

  beforeAll(async () => {
    engine = await startTempo();
    client = new TempoClient({ baseUrl: engine.url });
    await pushSampleTrace(`http://127.0.0.1:${engine.ports.otlpHttp}`, startNs);
    await eventually(
      'the trace to be found by search',
      async () => {
        const hits = await client.search('{}', { range });
        return hits.length === 1 ? found(hits) : notYet(`${hits.length} traces`);
      },
      { deadlineMs: 60_000 },
    );
  });
  afterAll(() => engine?.stop(500));

  it('reads a trace back by both versions of the API', async () => {
    const [v1, v2] = [await client.trace(SAMPLE_TRACE_ID, { api: 'v1' }), await client.trace(SAMPLE_TRACE_ID)];
    expect(v2?.spans).toEqual(v1?.spans);
    expect(v2?.spans).toMatchObject([
      { spanId: SAMPLE_SPAN_ID, startNs, attributes: { big: 9007199254740993n } },
      { parentSpanId: SAMPLE_SPAN_ID, name: 'SELECT orders' },
    ]);
  });

  it('knows a trace that is not there from an error', async () => {
    const other = 'ff02030405060708090a0b0c0d0e0f10';
    expect(await client.trace(other)).toBeUndefined();
    expect(await client.trace(other, { api: 'v1' })).toBeUndefined();
    await expect(client.trace('not an id')).rejects.toMatchObject({ status: 400 });
  });

  it('searches, and hands on refusals', async () => {
    const hits = await client.search('{ .http.status_code = 500 } | select(.big)', { range, limit: 5 });
    expect(hits).toMatchObject([
      { traceId: SAMPLE_TRACE_ID, startNs, spanSets: [{ matched: 1, spans: [{ spanId: SAMPLE_SPAN_ID }] }] },
    ]);
    expect(await client.search('{ .http.status_code = 200 }', { range })).toEqual([]);
    await expect(client.search('{bad', { range })).rejects.toThrow('answered 400: invalid TraceQL query');
  });

  it('lists tags and values, and counts', async () => {
    expect(await client.tags({ range, scope: 'resource' })).toEqual([{ name: 'resource', tags: ['service.name'] }]);
    expect(await client.tagNames(range)).toContain('http.status_code');
    expect(await client.tagValues('resource.service.name', { range })).toEqual([{ type: 'string', value: 'api' }]);
    expect(await client.metricsInstant('{} | count_over_time()', range)).toMatchObject([{ value: 2 }]);
    const [series] = await client.metricsRange('{} | count_over_time()', { ...range, stepMs: 10_000 });
    expect(series?.points.reduce((sum, { value }) => sum + value, 0)).toBe(2);
  });

  it('reads what is in force', async () => {
    expect(await client.ready()).toEqual({ ok: true, status: 200, words: 'ready' });
    expect((await client.buildInfo()).version).toBe(binary?.version);
    expect(configAt(await client.config(), 'live_store.flush_check_period')).toBe('500ms');
    expect(sumOf(await client.metrics(), 'tempo_distributor_spans_received_total')).toBe(2);
  });
});

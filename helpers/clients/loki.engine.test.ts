import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoki } from '../testing/engines.ts';
import { findTestEngine, skipNote } from '../testing/find-test-engine.ts';
import type { LocalEngine } from '../testing/local-engine.ts';
import { pushSampleLogs, SAMPLE_SPAN_ID, SAMPLE_TRACE_ID } from '../testing/push-sample.ts';
import { eventually, found, notYet } from '../waiting/eventually.ts';
import { configAt } from './config-text.ts';
import { LokiClient } from './loki.ts';
import { sumOf } from './metrics-text.ts';

const binary = findTestEngine('loki');
const SELECTOR = '{service_name="api"}';

describe.skipIf(binary === undefined)(`the Loki client on a real engine${skipNote(binary, 'loki')}`, () => {
  let engine: LocalEngine;
  let client: LokiClient;
  const timeNs = BigInt(Date.now()) * 1_000_000n + 1n;
  const range = { startNs: timeNs - 60_000_000_000n, endNs: timeNs + 60_000_000_000n };

  beforeAll(async () => {
    engine = await startLoki();
    client = new LokiClient({ baseUrl: engine.url });
    await pushSampleLogs(engine.url, timeNs);
    await eventually(
      'both lines to be visible',
      async () => {
        const { result } = await client.queryRange(SELECTOR, range);
        const lines = result.type === 'streams' ? result.rows.flatMap(({ entries }) => entries).length : 0;
        return lines === 2 ? found(lines) : notYet(`${lines} lines`);
      },
      { deadlineMs: 30_000 },
    );
  }, 90_000);
  afterAll(() => engine?.stop());

  it('reads lines back to the nanosecond, in both directions, with their structured metadata', async () => {
    const { result } = await client.queryRange(SELECTOR, range, { direction: 'forward' });
    expect(result).toMatchObject({
      type: 'streams',
      categorized: true,
      rows: [
        {
          labels: { service_name: 'api' },
          entries: [
            {
              timeNs,
              line: 'order 1 placed',
              structuredMetadata: { trace_id: SAMPLE_TRACE_ID, span_id: SAMPLE_SPAN_ID, user_id: 'u1' },
            },
            { timeNs: timeNs + 1_000_000n, line: '{"msg":"order 2 failed","code":7}' },
          ],
        },
      ],
    });
    const backward = (await client.queryRange(SELECTOR, range, { limit: 1 })).result;
    expect(backward).toMatchObject({ rows: [{ entries: [{ timeNs: timeNs + 1_000_000n }] }] });
  });

  it('tells parsed labels from the others', async () => {
    const { result } = await client.queryRange(`${SELECTOR} | json | code = 7`, range);
    expect(result).toMatchObject({ rows: [{ entries: [{ parsed: { msg: 'order 2 failed', code: '7' } }] }] });
  });

  it('answers metric queries', async () => {
    const query = `sum by (service_name) (count_over_time(${SELECTOR}[1m]))`;
    const { result } = await client.query(query, { atNs: timeNs + 2_000_000n });
    expect(result).toMatchObject({ type: 'vector', rows: [{ labels: { service_name: 'api' }, value: 2 }] });
    const over = (await client.queryRange(query, range, { stepMs: 30_000 })).result;
    expect(over.type === 'matrix' && over.rows[0]?.points.every(({ value }) => value === 2)).toBe(true);
  });

  it('lists labels, values, series, volume and fields', async () => {
    expect(await client.labels(range)).toEqual(['service_name']);
    expect(await client.labelValues('service_name', range)).toEqual(['api']);
    expect(await client.labelValues('nothing_of_this_name', range)).toEqual([]);
    expect(await client.series([SELECTOR], range)).toEqual([{ service_name: 'api' }]);
    expect(await client.volume(SELECTOR, range)).toMatchObject({ rows: [{ labels: { service_name: 'api' } }] });
    expect((await client.detectedFields(SELECTOR, range)).map(({ label }) => label)).toContain('user_id');
    expect(await client.indexStats(SELECTOR, range)).toMatchObject({ streams: expect.any(Number) });
    expect(await client.patterns(SELECTOR, range)).toEqual([]);
  });

  it('hands on refusals in the words of the engine', async () => {
    await expect(client.queryRange('{a=', range)).rejects.toThrow(/answered 400: parse error at line 1, col 4/);
    await expect(client.query(SELECTOR)).rejects.toThrow('log queries are not supported as an instant query type');
    await expect(client.deleteRequests()).rejects.toMatchObject({ status: 404 });
  });

  it('reads what is in force', async () => {
    expect(await client.ready()).toEqual({ ok: true, status: 200, words: 'ready' });
    expect(configAt(await client.config(), 'limits_config.volume_enabled')).toBe(true);
    expect((await client.buildInfo()).version).toBe(binary?.version);
    expect(await client.ring()).toMatchObject([{ state: 'ACTIVE' }]);
    expect(await client.formatQuery('{a="b"}|="x"')).toBe('{a="b"} |= "x"');
    await client.flush();
    expect(sumOf(await client.metrics(), 'loki_distributor_lines_received_total')).toBe(2);
  });
});

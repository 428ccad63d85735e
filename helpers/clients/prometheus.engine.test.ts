import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrometheus } from '../testing/engines.ts';
import { findTestEngine, skipNote } from '../testing/find-test-engine.ts';
import type { LocalEngine } from '../testing/local-engine.ts';
import { pushSampleMetrics, SAMPLE_TRACE_ID } from '../testing/push-sample.ts';
import { eventually, found, notYet } from '../waiting/eventually.ts';
import { HttpError } from './http-errors.ts';
import { sumOf } from './metrics-text.ts';
import { PrometheusClient } from './prometheus.ts';

const binary = findTestEngine('prometheus');

describe.skipIf(binary === undefined)(`the Prometheus client on a real engine${skipNote(binary, 'prometheus')}`, () => {
  let engine: LocalEngine;
  let client: PrometheusClient;
  const timeMs = Date.now();
  const range = { startMs: timeMs - 60_000, endMs: timeMs + 60_000 };

  beforeAll(async () => {
    engine = await startPrometheus();
    client = new PrometheusClient({ baseUrl: engine.url });
    await pushSampleMetrics(engine.url, BigInt(timeMs) * 1_000_000n);
  }, 30_000);
  afterAll(() => engine?.stop());

  it('reads back what was pushed, value for value', async () => {
    const { result } = await client.query('shop_orders_total', { atMs: timeMs });
    expect(result).toEqual({
      type: 'vector',
      rows: [{ labels: { __name__: 'shop_orders_total', job: 'api', kind: 'new' }, timeMs, value: 7 }],
    });
    const answer = await client.query('shop_latency', { atMs: timeMs });
    expect(answer.result).toMatchObject({ rows: [{ value: { count: 6, sum: 12.5 } }] });
  });

  it('asks over a range with a step', async () => {
    const span = { startMs: timeMs, endMs: timeMs + 2000, stepMs: 500 };
    const { result } = await client.queryRange('shop_temp{kind=""}', span);
    const points = result.type === 'matrix' ? result.rows[0]?.points : [];
    expect(points?.map(({ timeMs: at, value }) => [at - timeMs, value])).toEqual(
      [0, 500, 1000, 1500, 2000].map((offset) => [offset, 21.5]),
    );
  });

  it('lists series, labels, values and exemplars', async () => {
    expect(await client.series(['shop_temp'], range)).toHaveLength(2);
    expect(await client.labels({ matchers: ['shop_temp'] })).toEqual(['__name__', 'job', 'kind']);
    expect(await client.labelValues('kind', { matchers: ['shop_temp'] })).toEqual(['nan']);
    const [series] = await client.exemplars('shop_orders_total', range);
    expect(series?.exemplars).toMatchObject([{ value: 1.5, labels: { trace_id: SAMPLE_TRACE_ID } }]);
  });

  it('sends a query that is too long for a URL as a form', async () => {
    const { result } = await client.query(`1${'+1'.repeat(3000)}`);
    expect(result).toMatchObject({ type: 'scalar', value: 3001 });
  });

  it('hands on refusals in the words of the engine', async () => {
    const failure = client.query('rate(x');
    await expect(failure).rejects.toBeInstanceOf(HttpError);
    await expect(failure).rejects.toMatchObject({ status: 400, errorType: 'bad_data' });
    await expect(failure).rejects.toThrow('unclosed left parenthesis');
    await expect(client.query('label_replace(x,"a","b","c","(")')).rejects.toMatchObject({ status: 422 });
  });

  it('reads what is in force', async () => {
    expect((await client.ready()).ok).toBe(true);
    expect((await client.healthy()).words).toContain('Healthy');
    expect(await client.config()).toContain('scrape_interval: 1s');
    expect((await client.flags())['web.enable-otlp-receiver']).toBe('true');
    expect((await client.runtimeInfo()).storageRetention).toBe('15d');
    expect((await client.buildInfo()).version).toBe(binary?.version);
    expect((await client.tsdb()).numSeries).toBe(4);
    expect(await client.metadata()).toEqual({});
    expect(await client.targets()).toEqual({ active: [], dropped: [] });
    expect(await client.rules()).toEqual([]);
    expect(await client.alerts()).toEqual([]);
    expect(await client.formatQuery('sum(rate(x[5m]))by(a)')).toBe('sum by (a) (rate(x[5m]))');
    expect(await client.parseQuery('x')).toMatchObject({ type: 'vectorSelector', name: 'x' });
    expect(sumOf(await client.metrics(), 'prometheus_tsdb_head_series')).toBe(4);
  });

  it('deletes series and reloads', async () => {
    await client.deleteSeries(['shop_temp{kind="nan"}']);
    await eventually(
      'the deleted series to be gone',
      async () => {
        const { result } = await client.query('shop_temp', { atMs: timeMs });
        const rows = result.type === 'vector' ? result.rows : [];
        return rows.length === 1 ? found(rows) : notYet(`${rows.length} series`);
      },
      { deadlineMs: 4000 },
    );
    await client.reload();
    expect((await client.runtimeInfo()).reloadConfigSuccess).toBe(true);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LokiClient } from '../clients/loki.ts';
import { PrometheusClient } from '../clients/prometheus.ts';
import { TempoClient } from '../clients/tempo.ts';
import { startLoki, startPrometheus, startTempo } from '../testing/engines.ts';
import { findTestEngine, skipNote } from '../testing/find-test-engine.ts';
import type { LocalEngine } from '../testing/local-engine.ts';
import { pushSampleLogs, pushSampleMetrics, pushSampleTrace, SAMPLE_TRACE_ID } from '../testing/push-sample.ts';
import { eventually, found, notYet } from '../waiting/eventually.ts';
import { type AlterationName, alterationsFor, answerKindOf, countOf } from './alterations.ts';
import { type AlteringProxy, type ProxiedExchange, startAlteringProxy } from './altering-proxy.ts';
import { differences } from './differences.ts';
import { always } from './plan.ts';

/** Same kind, or for a list that lost its only row: any list. */
const sameShape = (kind: string) => new RegExp(`^(${kind}|objects|document)$`);

interface Call {
  readonly path: string;
  /** Decodes the altered answer with the typed client: it must still be one. */
  readonly decode: () => Promise<unknown>;
}

async function startSniffedProxy(upstream: string): Promise<{ proxy: AlteringProxy; exchanges: ProxiedExchange[] }> {
  const exchanges: ProxiedExchange[] = [];
  const proxy = await startAlteringProxy({ upstream, onExchange: (exchange) => exchanges.push(exchange) });
  return { proxy, exchanges };
}

type Sniffed = Awaited<ReturnType<typeof startSniffedProxy>>;

async function proveEachAlteration({ proxy, exchanges }: Sniffed, call: Call): Promise<AlterationName[]> {
  proxy.setPlan(undefined);
  const body = await (await fetch(`${proxy.url}${call.path}`)).text();
  const names = alterationsFor(answerKindOf(body)).filter((name) => countOf(body, name) > 0);
  for (const alteration of names) {
    for (let seed = 0; seed < Math.min(countOf(body, alteration), 5); seed++) {
      proxy.setPlan(always({ kind: 'alter', alteration, seed }));
      const response = await fetch(`${proxy.url}${call.path}`);
      const altered = await response.text();
      const original = exchanges.at(-1)?.original ?? '';
      expect(response.status).toBe(200);
      if (alteration !== 'empty-result') expect(answerKindOf(altered)).toMatch(sameShape(answerKindOf(original)));
      const changes = differences(JSON.parse(original), JSON.parse(altered));
      expect(changes, `${alteration} ${seed}: ${JSON.stringify(proxy.altered)}`).toHaveLength(1);
      expect(proxy.altered).toHaveLength(1);
    }
    await expect(call.decode(), alteration).resolves.toBeDefined();
  }
  return names;
}

const prometheus = findTestEngine('prometheus');
describe.skipIf(prometheus === undefined)(`alterations of Prometheus${skipNote(prometheus, 'prometheus')}`, () => {
  let engine: LocalEngine;
  let sniffed: Sniffed;
  const timeMs = Date.now();
  const at = (timeMs / 1000).toFixed(3);

  beforeAll(async () => {
    engine = await startPrometheus();
    sniffed = await startSniffedProxy(engine.url);
    await pushSampleMetrics(engine.url, BigInt(timeMs) * 1_000_000n);
  }, 30_000);
  afterAll(async () => {
    await sniffed?.proxy.stop();
    await engine?.stop();
  });

  it.each<[string, string, (client: PrometheusClient) => Promise<unknown>, number]>([
    [
      'vector',
      `/api/v1/query?time=${at}&query=%7B__name__%3D~%22shop.%2B%22%7D`,
      (c) => c.query('{__name__=~"shop.+"}', { atMs: timeMs }),
      8,
    ],
    [
      'matrix',
      `/api/v1/query_range?query=shop_orders_total&start=${at}&end=${timeMs / 1000 + 2}&step=1`,
      (c) => c.queryRange('shop_orders_total', { startMs: timeMs, endMs: timeMs + 2000, stepMs: 1000 }),
      8,
    ],
    ['scalar', `/api/v1/query?time=${at}&query=1%2B1`, (c) => c.query('1+1', { atMs: timeMs }), 2],
    ['series', '/api/v1/series?match[]=shop_temp', (c) => c.series(['shop_temp']), 6],
    ['labels', '/api/v1/labels', (c) => c.labels(), 5],
    [
      'exemplars',
      `/api/v1/query_exemplars?query=shop_orders_total&start=${timeMs / 1000 - 9}&end=${timeMs / 1000 + 9}`,
      (c) => c.exemplars('shop_orders_total', { startMs: timeMs - 9000, endMs: timeMs + 9000 }),
      8,
    ],
    ['flags', '/api/v1/status/flags', (c) => c.flags(), 1],
    ['config', '/api/v1/status/config', (c) => c.config(), 1],
    ['build info', '/api/v1/status/buildinfo', (c) => c.buildInfo(), 1],
  ])('%s: valid, of the same shape, one difference', async (_, path, decode, atLeast) => {
    const client = new PrometheusClient({ baseUrl: sniffed.proxy.url });
    const names = await proveEachAlteration(sniffed, { path, decode: () => decode(client) });
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
  });
});

const loki = findTestEngine('loki');
describe.skipIf(loki === undefined)(`alterations of Loki${skipNote(loki, 'loki')}`, () => {
  let engine: LocalEngine;
  let sniffed: Sniffed;
  const timeNs = BigInt(Date.now()) * 1_000_000n;
  const range = { startNs: timeNs - 60_000_000_000n, endNs: timeNs + 60_000_000_000n };
  const span = `start=${range.startNs}&end=${range.endNs}`;
  const selector = '{service_name="api"}';
  const count = `count_over_time(${selector}[1m])`;

  beforeAll(async () => {
    engine = await startLoki();
    sniffed = await startSniffedProxy(engine.url);
    await pushSampleLogs(engine.url, timeNs);
    const client = new LokiClient({ baseUrl: engine.url });
    await eventually(
      'both lines to be visible',
      async () => {
        const { result } = await client.queryRange(selector, range);
        const lines = result.type === 'streams' ? result.rows.flatMap(({ entries }) => entries).length : 0;
        return lines === 2 ? found(lines) : notYet(`${lines} lines`);
      },
      { deadlineMs: 30_000 },
    );
  }, 90_000);
  afterAll(async () => {
    await sniffed?.proxy.stop();
    await engine?.stop();
  });

  it.each<[string, string, (client: LokiClient) => Promise<unknown>, number]>([
    [
      'streams',
      `/loki/api/v1/query_range?query=${encodeURIComponent(selector)}&${span}`,
      (c) => c.queryRange(selector, range),
      8,
    ],
    [
      'matrix',
      `/loki/api/v1/query_range?query=${encodeURIComponent(count)}&${span}&step=30`,
      (c) => c.queryRange(count, range, { stepMs: 30_000 }),
      8,
    ],
    ['labels', `/loki/api/v1/labels?${span}`, (c) => c.labels(range), 4],
    [
      'series',
      `/loki/api/v1/series?match[]=${encodeURIComponent(selector)}&${span}`,
      (c) => c.series([selector], range),
      5,
    ],
    ['build info', '/loki/api/v1/status/buildinfo', (c) => c.buildInfo(), 1],
  ])('%s: valid, of the same shape, one difference', async (_, path, decode, atLeast) => {
    const client = new LokiClient({ baseUrl: sniffed.proxy.url });
    const call = { path, decode: () => decode(client) };
    const names = await proveEachAlteration(sniffed, call);
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
  });
});

const tempo = findTestEngine('tempo');
describe.skipIf(tempo === undefined)(`alterations of Tempo${skipNote(tempo, 'tempo')}`, () => {
  let engine: LocalEngine;
  let sniffed: Sniffed;
  const timeMs = Date.now();
  const range = { startMs: timeMs - 60_000, endMs: timeMs + 60_000 };
  const span = `start=${Math.floor(range.startMs / 1000)}&end=${Math.ceil(range.endMs / 1000)}`;
  const query = '{ .http.status_code = 500 } | select(.big)';

  beforeAll(async () => {
    engine = await startTempo();
    sniffed = await startSniffedProxy(engine.url);
    await pushSampleTrace(`http://127.0.0.1:${engine.ports.otlpHttp}`, BigInt(timeMs) * 1_000_000n);
    const client = new TempoClient({ baseUrl: engine.url });
    await eventually(
      'the trace to be found by search',
      async () => ((await client.search('{}', { range })).length === 1 ? found(undefined) : notYet('nothing')),
      { deadlineMs: 60_000 },
    );
  });
  afterAll(async () => {
    await sniffed?.proxy.stop();
    await engine?.stop(500);
  });

  it.each<[string, string, (client: TempoClient) => Promise<unknown>, number]>([
    ['trace', `/api/v2/traces/${SAMPLE_TRACE_ID}`, (c) => c.trace(SAMPLE_TRACE_ID), 10],
    ['trace v1', `/api/traces/${SAMPLE_TRACE_ID}`, (c) => c.trace(SAMPLE_TRACE_ID, { api: 'v1' }), 10],
    ['search', `/api/search?q=${encodeURIComponent(query)}&${span}`, (c) => c.search(query, { range }), 4],
    ['tags', `/api/v2/search/tags?${span}`, (c) => c.tags({ range }), 4],
  ])('%s: valid, of the same shape, one difference', async (_, path, decode, atLeast) => {
    const client = new TempoClient({ baseUrl: sniffed.proxy.url });
    const call = { path, decode: () => decode(client) };
    const names = await proveEachAlteration(sniffed, call);
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
  });
});

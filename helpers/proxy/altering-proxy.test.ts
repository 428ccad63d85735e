import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpClient } from '../clients/http.ts';
import { PrometheusClient } from '../clients/prometheus.ts';
import { type FakeServer, startFakeServer } from '../testing/fake-server.ts';
import { recorded } from '../testing/recordings.ts';
import { type AlteringProxy, type ProxiedExchange, startAlteringProxy } from './altering-proxy.ts';
import { type Action, always, onceSeen } from './plan.ts';

const VECTOR = recorded('prometheus', 'vector').body;
let engine: FakeServer;
let proxy: AlteringProxy;
let sniffed: ProxiedExchange[];

beforeEach(async () => {
  sniffed = [];
  engine = await startFakeServer((response, request) => {
    if (request.url?.startsWith('/base/api') === true) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'X-Own': 'kept' }).end(VECTOR);
    } else response.writeHead(404).end(VECTOR);
  });
  proxy = await startAlteringProxy({ upstream: `${engine.url}/base`, onExchange: (e) => sniffed.push(e) });
});
afterEach(async () => {
  await proxy.stop();
  await engine.stop();
});
const client = (timeoutMs = 2000) => new HttpClient({ baseUrl: proxy.url, timeoutMs, tenant: 'team-a' });
const plan = (action: Action, path = '/api') => proxy.setPlan(always(action, { path }));

describe('the altering proxy', () => {
  it('is not to be told from the engine without a plan', async () => {
    const request = { method: 'POST', path: '/api/v1/query', query: { a: 'b c' }, form: { query: 'x' } } as const;
    const answer = await client().request(request);
    expect(answer).toMatchObject({ status: 200, body: VECTOR, headers: { 'x-own': 'kept' } });
    expect(engine.requests[0]).toMatchObject({
      method: 'POST',
      url: '/base/api/v1/query?a=b%20c',
      body: 'query=x',
      headers: { 'x-scope-orgid': 'team-a', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(sniffed).toMatchObject([{ request: { path: '/api/v1/query?a=b%20c' }, status: 200, body: VECTOR }]);
  });

  it('alters one datum, records it, and keeps status and headers', async () => {
    plan({ kind: 'alter', alteration: 'shift-value', seed: 0 });
    const { result } = await new PrometheusClient({ baseUrl: proxy.url }).query('shop_orders_total');
    expect(result).toMatchObject({
      rows: [{ value: 8 }, ...new Array(result.type === 'vector' ? result.rows.length - 1 : 0).fill({})],
    });
    expect(proxy.altered).toMatchObject([
      { alteration: 'shift-value', before: '7', after: '8', request: '/api/v1/query?query=shop_orders_total' },
    ]);
    const answer = await client().request({ path: '/api' });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-own': 'kept', 'content-type': 'application/json' } });
  });

  it('alters only what the plan matches, and never an answer that is no 200', async () => {
    proxy.setPlan(always({ kind: 'alter', alteration: 'drop-row', seed: 0 }, { containing: 'rate(x[5m])' }));
    expect((await client().request({ path: '/api', query: { query: 'sum(x)' } })).body).toBe(VECTOR);
    expect((await client().request({ path: '/other', query: { query: 'rate(x[5m])' } })).body).toBe(VECTOR);
    expect(proxy.altered).toEqual([]);
    const form = await client().request({ method: 'POST', path: '/api', form: { query: 'sum(rate(x[5m]))' } });
    expect(form.body).not.toBe(VECTOR);
    expect(proxy.altered).toHaveLength(1);
  });

  it('can let the first answers through', async () => {
    proxy.setPlan(onceSeen({ kind: 'alter', alteration: 'empty-result', seed: 0 }, 2));
    const bodies = [];
    for (let i = 0; i < 4; i++) bodies.push((await client().request({ path: '/api' })).body === VECTOR);
    expect(bodies).toEqual([true, true, false, false]);
  });

  it('does to the connection what an engine cannot be made to do', async () => {
    plan({ kind: 'truncate' });
    await expect(client().request({ path: '/api' })).rejects.toMatchObject({ failure: 'reset' });
    plan({ kind: 'reset' });
    await expect(client().request({ path: '/api' })).rejects.toMatchObject({ failure: 'reset' });
    plan({ kind: 'silence' });
    await expect(client(50).request({ path: '/api' })).rejects.toMatchObject({ failure: 'deadline' });
    plan({ kind: 'slow', delayMs: 60_000 });
    await expect(client(50).request({ path: '/api' })).rejects.toMatchObject({ failure: 'deadline' });
    plan({ kind: 'slow', delayMs: 5 });
    expect((await client().request({ path: '/api' })).body).toBe(VECTOR);
    plan({ kind: 'status', status: 503, body: 'too busy' });
    expect(await client().request({ path: '/api' })).toMatchObject({ status: 503, body: 'too busy' });
  });

  it('gives answers that decoders refuse with path and URL', async () => {
    const prometheus = new PrometheusClient({ baseUrl: proxy.url });
    plan({ kind: 'garbage' });
    await expect(prometheus.query('x')).rejects.toThrow(
      `the answer of GET ${proxy.url}/api/v1/query?query=x: $ should be JSON`,
    );
    plan({ kind: 'cut-body' });
    await expect(prometheus.query('x')).rejects.toThrow('should be JSON but is not: {"status":"success"');
  });

  it('says so when the engine is gone', async () => {
    await engine.stop();
    const answer = await client().request({ path: '/api' });
    expect(answer.status).toBe(502);
    expect(answer.body).toContain('ECONNREFUSED');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../testing/fake-server.ts';
import { AlloyClient } from './alloy.ts';
import { GrafanaClient } from './grafana.ts';
import { PushgatewayClient } from './pushgateway.ts';
import { flamegraph, PyroscopeClient } from './pyroscope.ts';

/** Engines that this machine does not have: answers as their documentation shows them. */
let server: FakeServer;
async function serve(answers: Readonly<Record<string, unknown>>): Promise<string> {
  server = await startFakeServer((response, request) => {
    const answer = answers[`${request.method} ${request.url}`];
    if (answer === undefined) response.writeHead(404).end(`no ${request.method} ${request.url}`);
    else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  return server.url;
}
afterEach(() => server.stop());
const range = { startMs: 1000, endMs: 2000.5 };

describe('Alloy', () => {
  it('lists components with their health', async () => {
    const baseUrl = await serve({
      'GET /-/ready': 'Alloy is ready.\n',
      'GET /api/v0/web/components': [
        {
          name: 'otelcol.exporter.otlp',
          type: 'block',
          localID: 'otelcol.exporter.otlp.default',
          moduleID: '',
          label: 'default',
          referencesTo: [],
          referencedBy: ['otelcol.processor.batch.default'],
          health: { state: 'unhealthy', message: 'boom', updatedTime: '2024-01-01T00:00:00Z' },
        },
        { name: 'x.y', localID: 'x.y', moduleID: 'import.file.a', health: { state: 'healthy' } },
      ],
    });
    const client = new AlloyClient({ baseUrl });
    expect(await client.ready()).toMatchObject({ ok: true, words: 'Alloy is ready.' });
    expect(await client.components()).toMatchObject([
      { id: 'otelcol.exporter.otlp.default', health: 'unhealthy', healthMessage: 'boom' },
      { id: 'import.file.a/x.y', health: 'healthy', referencesTo: [] },
    ]);
  });
});

describe('Pyroscope', () => {
  it('asks over Connect with times as strings', async () => {
    const baseUrl = await serve({
      'POST /querier.v1.QuerierService/LabelNames': { names: ['service_name'] },
      'POST /querier.v1.QuerierService/ProfileTypes': {
        profileTypes: [{ ID: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds', name: 'process_cpu' }],
      },
      'POST /querier.v1.QuerierService/Series': {
        labelsSet: [{ labels: [{ name: 'service_name', value: 'api' }] }],
      },
      'POST /querier.v1.QuerierService/SelectMergeStacktraces': {},
    });
    const client = new PyroscopeClient({ baseUrl });
    expect(await client.labelNames(range)).toEqual(['service_name']);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ start: '1000', end: '2001' });
    expect(await client.profileTypes(range)).toMatchObject([{ name: 'process_cpu' }]);
    expect(await client.series([], range)).toEqual([{ service_name: 'api' }]);
    expect(await client.mergedStacks('t', '{}', range)).toEqual({ total: 0n, frames: [] });
  });

  it('turns a flame graph into stacks', () => {
    const values = (...numbers: number[]) => ({ values: numbers.map(String) });
    const graph = {
      names: ['total', 'main', 'handle', 'query', 'gc'],
      levels: [values(0, 100, 0, 0), values(0, 80, 10, 1, 0, 20, 20, 4), values(10, 70, 30, 2), values(30, 40, 40, 3)],
      total: '100',
    };
    expect(flamegraph({ flamegraph: graph })).toEqual({
      total: 100n,
      frames: [
        { stack: ['main'], total: 80n, self: 10n },
        { stack: ['gc'], total: 20n, self: 20n },
        { stack: ['main', 'handle'], total: 70n, self: 30n },
        { stack: ['main', 'handle', 'query'], total: 40n, self: 40n },
      ],
    });
  });
});

describe('the push gateway', () => {
  it('puts, lists and removes groups', async () => {
    const baseUrl = await serve({
      'PUT /metrics/job/batch/path@base64/L3Zhci90bXA/empty@base64/=': '',
      'DELETE /metrics/job/a%20b': '',
      'GET /api/v1/metrics': { status: 'success', data: [{ labels: { job: 'batch' }, m: {} }] },
      'GET /api/v1/status': { status: 'success', data: { build_information: { version: '1.9.0' }, flags: { a: 'b' } } },
    });
    const client = new PushgatewayClient({ baseUrl });
    await client.push({ job: 'batch', labels: { path: '/var/tmp', empty: '' } }, 'm 1\n');
    await client.remove({ job: 'a b' });
    expect(server.requests.map(({ body }) => body)).toEqual(['m 1\n', '']);
    expect(await client.groups()).toEqual([{ job: 'batch' }]);
    expect(await client.status()).toEqual({ version: '1.9.0', flags: { a: 'b' } });
  });
});

describe('Grafana', () => {
  it('reads data sources and dashboards, and goes through a data source', async () => {
    const baseUrl = await serve({
      'GET /api/health': { database: 'ok', version: '12.1.0', commit: 'x' },
      'GET /api/datasources': [
        { uid: 'p', name: 'Prometheus', type: 'prometheus', url: 'http://p:9090', isDefault: true, jsonData: { a: 1 } },
      ],
      'GET /api/search?type=dash-db&limit=5000': [{ uid: 'd', title: 'Shop', type: 'dash-db' }],
      'GET /api/dashboards/uid/d': { dashboard: { panels: [] }, meta: { provisioned: true } },
      'GET /api/datasources/proxy/uid/p/api/v1/query?query=up': { status: 'success' },
    });
    const client = new GrafanaClient({ baseUrl });
    expect(await client.health()).toEqual({ database: 'ok', version: '12.1.0' });
    expect(await client.dataSources()).toMatchObject([{ uid: 'p', isDefault: true, readOnly: false }]);
    expect(await client.dashboards()).toEqual([{ uid: 'd', title: 'Shop', folderTitle: '' }]);
    expect(await client.dashboard('d')).toEqual({ dashboard: { panels: [] }, provisioned: true });
    const answer = await client.throughDataSource('p', { path: '/api/v1/query', query: { query: 'up' } });
    expect(answer.status).toBe(200);
    expect(await client.dataSourceHealth('p')).toMatchObject({ ok: false, status: 404 });
  });
});

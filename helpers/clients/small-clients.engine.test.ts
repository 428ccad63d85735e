import { describe, expect, it } from 'vitest';
import { startAlertmanager, startCollector } from '../testing/engines.ts';
import { findTestEngine, skipNote } from '../testing/find-test-engine.ts';
import { pushSampleTrace } from '../testing/push-sample.ts';
import { eventually, found, notYet } from '../waiting/eventually.ts';
import { AlertmanagerClient } from './alertmanager.ts';
import { CollectorClient, collectorCounter } from './otelcol.ts';

const alertmanager = findTestEngine('alertmanager');
const collector = findTestEngine('otelcol');

describe('clients with few calls, on real engines', () => {
  it.skipIf(alertmanager === undefined)(`Alertmanager${skipNote(alertmanager, 'alertmanager')}`, async () => {
    const engine = await startAlertmanager();
    try {
      const client = new AlertmanagerClient({ baseUrl: engine.url });
      expect((await client.ready()).ok).toBe(true);
      expect((await client.healthy()).ok).toBe(true);
      expect(await client.status()).toMatchObject({ version: alertmanager?.version, cluster: 'disabled' });
      expect((await client.status()).config).toContain('receiver: none');
      expect(await client.receivers()).toEqual(['none']);
      expect(await client.alerts()).toEqual([]);
      await client.post([{ labels: { alertname: 'A', severity: 'page' }, annotations: { summary: 's' } }]);
      const alerts = await eventually(
        'the alert to be active',
        async () => {
          const active = (await client.alerts(['alertname="A"'])).filter(({ state }) => state === 'active');
          return active.length === 1 ? found(active) : notYet(`${active.length} active alerts`);
        },
        { deadlineMs: 10_000 },
      );
      expect(alerts).toMatchObject([
        { labels: { severity: 'page' }, annotations: { summary: 's' }, receivers: ['none'] },
      ]);
      expect(await client.alerts(['alertname="B"'])).toEqual([]);
      await expect(client.post([{ labels: {} }])).rejects.toThrow('at least one label pair required');
    } finally {
      await engine.stop();
    }
  });

  it.skipIf(collector === undefined)(`OpenTelemetry Collector${skipNote(collector, 'otelcol')}`, async () => {
    const engine = await startCollector();
    try {
      const metrics = `http://127.0.0.1:${engine.ports.metrics}`;
      const client = new CollectorClient({ endpoints: { health: { baseUrl: engine.url }, metrics } });
      expect(await client.health()).toMatchObject({ ok: true, status: 200 });
      await pushSampleTrace(`http://127.0.0.1:${engine.ports.otlpHttp}`, BigInt(Date.now()) * 1_000_000n);
      const counted = await eventually(
        'both spans to be counted',
        async () => {
          const samples = collectorCounter((await client.metrics()) ?? [], 'otelcol_receiver_accepted_spans');
          return samples.length > 0 ? found(samples) : notYet('no counter yet');
        },
        { deadlineMs: 10_000 },
      );
      expect(counted).toMatchObject([{ value: 2, labels: { receiver: 'otlp' } }]);
      const blind = new CollectorClient({ endpoints: {} });
      expect([await blind.health(), await blind.metrics()]).toEqual([undefined, undefined]);
    } finally {
      await engine.stop();
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lokiConfig, type PortMap } from '../../testing/engine-configs.ts';
import { startCollector, startLoki } from '../../testing/engines.ts';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import type { LocalEngine } from '../../testing/local-engine.ts';
import { eventually, found, notYet } from '../../waiting/eventually.ts';
import { payloadOf } from '../payload.ts';
import { makeProbe } from '../probe/probe.ts';
import { storyStart } from '../story/clock.ts';
import { type Certificates, makeCertificates } from '../testing/certificates.ts';
import { lokiEntries } from '../testing/read-back.ts';
import { closeSenders, senderNamed, sendersOf } from './table.ts';
import type { PushTls } from './types.ts';

const collectorEngine = findTestEngine('otelcol');
const lokiEngine = findTestEngine('loki');
const t0Ms = storyStart(Date.now());

describe.skipIf(collectorEngine === undefined)(`TLS into a Collector${skipNote(collectorEngine, 'otelcol')}`, () => {
  let collector: LocalEngine;
  let certificates: Certificates;
  const traces = payloadOf(makeProbe({ runId: 'tls', t0Ms, column: 'tls' }), 'traces');

  beforeAll(async () => {
    certificates = makeCertificates();
    collector = await startCollector({
      config: tlsConfig,
      files: {
        'ca.pem': certificates.ca,
        'server.pem': certificates.server.certificate,
        'server.key': certificates.server.key,
      },
    });
  });

  afterAll(async () => {
    closeSenders();
    await collector?.stop();
  });

  const ways = sendersOf('traces').map((sender) => [sender.name, sender] as const);

  function urlOf(protocol: string): string {
    if (protocol === 'otlp-grpc') return `https://localhost:${collector.ports.otlpGrpc}`;
    return `https://localhost:${collector.ports.otlpHttp}/v1/traces`;
  }

  it.each(ways)('%s is taken with the CA and a client certificate', async (_name, sender) => {
    const { ca, client } = certificates;
    const tls: PushTls = { ca, ...client };
    expect(await sender.send({ url: urlOf(sender.protocol), tls }, traces)).toMatchObject({ accepted: true, sent: 3 });
    const unchecked: PushTls = { skipVerify: true, ...client };
    expect(await sender.send({ url: urlOf(sender.protocol), tls: unchecked }, traces)).toMatchObject({
      accepted: true,
    });
  });

  it.each(ways)('%s says that TLS is at fault where the CA is not known', async (_name, sender) => {
    const sent = sender.send({ url: urlOf(sender.protocol), tls: { ...certificates.client } }, traces, {
      timeoutMs: 3_000,
    });
    await expect(sent).rejects.toMatchObject({ name: 'SendError', failure: 'tls' });
  });

  it.each(ways)('%s fails where the client certificate is missing', async (_name, sender) => {
    const sent = sender.send({ url: urlOf(sender.protocol), tls: { ca: certificates.ca } }, traces, {
      timeoutMs: 3_000,
    });
    await expect(sent).rejects.toMatchObject({ name: 'SendError' });
  });
});

function tlsConfig(ports: PortMap): string {
  const tls = '{ cert_file: server.pem, key_file: server.key, client_ca_file: ca.pem }';
  return `receivers:
  otlp:
    protocols:
      grpc: { endpoint: "127.0.0.1:${ports.otlpGrpc}", tls: ${tls} }
      http: { endpoint: "127.0.0.1:${ports.otlpHttp}", tls: ${tls} }
exporters:
  debug: {}
extensions:
  health_check: { endpoint: "127.0.0.1:${ports.http}" }
service:
  extensions: [health_check]
  telemetry: { metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp], exporters: [debug] }
`;
}

describe.skipIf(lokiEngine === undefined)(`tenants of Loki${skipNote(lokiEngine, 'loki')}`, () => {
  let loki: LocalEngine;

  beforeAll(async () => {
    loki = await startLoki({
      config: (ports) => lokiConfig(ports).replace('auth_enabled: false', 'auth_enabled: true'),
    });
  });

  afterAll(async () => {
    closeSenders();
    await loki?.stop();
  });

  it.each([
    ['otlp-http-protobuf', '/otlp'],
    ['loki-push-json', ''],
    ['loki-push-protobuf', ''],
  ])('%s reaches the tenant named and no other; without one it is refused', async (name, prefix) => {
    const sender = senderNamed(name);
    const probe = makeProbe({ runId: 'tenants', t0Ms, column: name });
    const url = `${loki.url}${prefix}${sender.defaultPath('logs')}`;
    expect(await sender.send({ url }, payloadOf(probe, 'logs'))).toMatchObject({ accepted: false, status: 401 });
    expect(await sender.send({ url, tenant: 'one' }, payloadOf(probe, 'logs'))).toMatchObject({ accepted: true });
    const linesOf = async (tenant: string): Promise<number> => {
      const selector = `{service_instance_id="${name}-tenants"}`;
      const streams = await lokiEntries(loki.url, selector, t0Ms, t0Ms + 120_000, { 'X-Scope-OrgID': tenant });
      return Object.values(streams).reduce((sum, lines) => sum + lines.length, 0);
    };
    const seen = await eventually(
      'three lines of tenant one',
      async () => {
        const lines = await linesOf('one');
        return lines >= 3 ? found(lines) : notYet(`${lines} lines`);
      },
      { deadlineMs: 10_000 },
    );
    expect([seen, await linesOf('two')]).toEqual([3, 0]);
  });
});

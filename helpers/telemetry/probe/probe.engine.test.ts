import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PortMap } from '../../testing/engine-configs.ts';
import { startCollector, startPrometheus } from '../../testing/engines.ts';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import type { LocalEngine } from '../../testing/local-engine.ts';
import { eventually, found, notYet } from '../../waiting/eventually.ts';
import { payloadOf } from '../payload.ts';
import { closeSenders, senderNamed } from '../senders/table.ts';
import { urlFor } from '../senders/types.ts';
import { storyStart } from '../story/clock.ts';
import { expectedSeries } from '../story/expected.ts';
import { expectedSamples, prometheusSamples } from '../testing/read-back.ts';
import { makeProbe, type Probe } from './probe.ts';

const missing = ['prometheus', 'otelcol'].find((name) => findTestEngine(name) === undefined);

describe.skipIf(missing !== undefined)(`probes${missing === undefined ? '' : skipNote(undefined, missing)}`, () => {
  let prometheus: LocalEngine;
  let collector: LocalEngine;
  const frame = { runId: 'probes', t0Ms: storyStart(Date.now()) };

  beforeAll(async () => {
    prometheus = await startPrometheus();
    collector = await startCollector({ config: (ports) => gateway(ports, prometheus.url) });
  });

  afterAll(async () => {
    closeSenders();
    await collector?.stop();
    await prometheus?.stop();
  });

  async function push(name: string, base: string, column: string): Promise<Probe> {
    const probe = makeProbe({ ...frame, column });
    const sender = senderNamed(name);
    const result = await sender.send({ url: urlFor(base, sender, 'metrics') }, payloadOf(probe, 'metrics'));
    expect(result).toMatchObject({ accepted: true });
    return probe;
  }

  it('tell the ways into one Prometheus apart, each with its own values', async () => {
    const otlp = `${prometheus.url}/api/v1/otlp`;
    const grpc = `http://127.0.0.1:${collector.ports.otlpGrpc}`;
    const http = `http://127.0.0.1:${collector.ports.otlpHttp}`;
    const probes = [
      await push('otlp-http-protobuf', otlp, 'otlp-http-protobuf direct'),
      await push('otlp-http-json', otlp, 'otlp-http-json direct'),
      await push('prometheus-remote-write', prometheus.url, 'remote-write direct'),
      await push('otlp-grpc', grpc, 'otlp-grpc gateway'),
      await push('otlp-grpc+gzip', grpc, 'otlp-grpc+gzip gateway'),
      await push('otlp-http-protobuf', http, 'otlp-http-protobuf gateway'),
      await push('otlp-http-json', http, 'otlp-http-json gateway'),
    ];
    for (const probe of probes) {
      const promoteScopeMetadata = probe.column.endsWith('gateway');
      const expected = expectedSamples(expectedSeries(probe, { targetInfo: false, promoteScopeMetadata }));
      const selector = `{run="probes", route="${probe.column}"}`;
      const seen = await eventually(
        `the series of ${probe.column}`,
        async () => {
          const samples = await prometheusSamples(prometheus.url, selector, frame.t0Ms + 120_000);
          const count = Object.keys(samples).length;
          return count >= Object.keys(expected).length ? found(samples) : notYet(`${count} series`);
        },
        { deadlineMs: 10_000 },
      );
      expect(seen).toEqual(expected);
    }
  });

  it('leave a column empty whose push never came', async () => {
    expect(await prometheusSamples(prometheus.url, '{route="never pushed"}', frame.t0Ms + 120_000)).toEqual({});
  });
});

/** A gateway as people write it: batching, and remote write onward. */
function gateway(ports: PortMap, prometheus: string): string {
  return `receivers:
  otlp:
    protocols:
      grpc: { endpoint: "127.0.0.1:${ports.otlpGrpc}" }
      http: { endpoint: "127.0.0.1:${ports.otlpHttp}" }
processors:
  batch: { timeout: 100ms }
exporters:
  prometheus_remote_write: { endpoint: "${prometheus}/api/v1/write" }
extensions:
  health_check: { endpoint: "127.0.0.1:${ports.http}" }
service:
  extensions: [health_check]
  telemetry: { metrics: { level: none } }
  pipelines:
    metrics: { receivers: [otlp], processors: [batch], exporters: [prometheus_remote_write] }
`;
}

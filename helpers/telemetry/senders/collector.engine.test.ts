import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PortMap } from '../../testing/engine-configs.ts';
import { startCollector } from '../../testing/engines.ts';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import type { LocalEngine } from '../../testing/local-engine.ts';
import { eventually, found, notYet } from '../../waiting/eventually.ts';
import { otlpJson } from '../otlp/encode.ts';
import { countOf, payloadOf, type TelemetrySignal } from '../payload.ts';
import { storyStart } from '../story/clock.ts';
import { makeStory } from '../story/story.ts';
import { recordTexts } from '../testing/otlp-text.ts';
import { pushAll } from './push-all.ts';
import { closeSenders, senderNamed } from './table.ts';
import { urlFor } from './types.ts';

const engine = findTestEngine('otelcol');
const SIGNALS: readonly TelemetrySignal[] = ['traces', 'logs', 'metrics'];
const SENDERS = [
  'otlp-grpc',
  'otlp-grpc+gzip',
  'otlp-http-protobuf',
  'otlp-http-protobuf+gzip',
  'otlp-http-json',
  'otlp-http-json+gzip',
];
const WAYS = [
  ...SENDERS.flatMap((name) => SIGNALS.map((signal) => [name, signal] as const)),
  ['sdk-otlp-http', 'traces'] as const,
];

function config(ports: PortMap): string {
  const pipelines = SIGNALS.map((signal) => `    ${signal}: { receivers: [otlp], exporters: [file/${signal}] }`);
  return `receivers:
  otlp:
    protocols:
      grpc: { endpoint: "127.0.0.1:${ports.otlpGrpc}" }
      http: { endpoint: "127.0.0.1:${ports.otlpHttp}" }
exporters:
${SIGNALS.map((signal) => `  file/${signal}: { path: ${signal}.json, flush_interval: 50ms }`).join('\n')}
extensions:
  health_check: { endpoint: "127.0.0.1:${ports.http}" }
service:
  extensions: [health_check]
  telemetry: { metrics: { level: none } }
  pipelines:
${pipelines.join('\n')}
`;
}

describe.skipIf(engine === undefined)(`OTLP into a Collector${skipNote(engine, 'otelcol')}`, () => {
  let collector: LocalEngine;
  const t0Ms = storyStart(Date.now());

  beforeAll(async () => {
    collector = await startCollector({ config });
  });

  afterAll(async () => {
    closeSenders();
    await collector?.stop();
  });

  async function recordsIn(signal: TelemetrySignal, run: string): Promise<readonly string[]> {
    const text = await readFile(join(collector.dir, `${signal}.json`), 'utf8');
    const complete = text.split('\n').slice(0, -1);
    return recordTexts(complete.map((line) => JSON.parse(line))).filter((record) => record.includes(run));
  }

  it.each(WAYS)('%s carries %s that come out as they were sent', async (name, signal) => {
    const sender = senderNamed(name);
    const story = makeStory({ runId: `${name.replace('+', '_')}-${signal}`, t0Ms });
    const payload = payloadOf(story, signal);
    const base = `http://127.0.0.1:${name.includes('grpc') ? collector.ports.otlpGrpc : collector.ports.otlpHttp}`;
    const summary = await pushAll(sender, { url: urlFor(base, sender, signal) }, payload, { batchSize: 300 });
    expect(summary).toMatchObject({ accepted: true, sent: countOf(payload), rejected: 0, refusals: [] });
    const expected = recordTexts([otlpJson(payload)]);
    const written = await eventually(
      `${expected.length} records in ${signal}.json`,
      async () => {
        const records = await recordsIn(signal, story.runId);
        return records.length >= expected.length ? found(records) : notYet(`${records.length} records`);
      },
      { deadlineMs: 10_000 },
    );
    expect(written).toEqual(expected);
  });

  it('tells a port without gRPC, a wrong path and a broken host apart', async () => {
    const payload = payloadOf(makeStory({ runId: 'nowhere', t0Ms, size: 'small' }), 'traces');
    const grpc = senderNamed('otlp-grpc');
    await expect(grpc.send({ url: 'http://127.0.0.1:1' }, payload)).rejects.toMatchObject({ failure: 'refused' });
    await expect(grpc.send({ url: 'http://no-such-host.invalid:4317' }, payload)).rejects.toMatchObject({
      failure: 'unresolved',
    });
    await expect(grpc.send({ url: `http://127.0.0.1:${collector.ports.otlpHttp}` }, payload)).rejects.toMatchObject({
      failure: 'reset',
      message: expect.stringContaining('Protocol error'),
    });
    const sdk = senderNamed('sdk-otlp-http');
    const wrong = await sdk.send({ url: `http://127.0.0.1:${collector.ports.otlpHttp}/wrong` }, payload);
    expect(wrong).toMatchObject({ accepted: false, status: 404 });
    await expect(sdk.send({ url: 'http://127.0.0.1:1/v1/traces' }, payload, { timeoutMs: 500 })).rejects.toMatchObject({
      name: 'SendError',
      failure: 'refused',
    });
  });
});

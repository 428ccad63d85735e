import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrometheus } from '../../testing/engines.ts';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import type { LocalEngine } from '../../testing/local-engine.ts';
import { metricsByTime, payloadOf } from '../payload.ts';
import { storyStart } from '../story/clock.ts';
import { expectedSeries } from '../story/expected.ts';
import { makeStory } from '../story/story.ts';
import {
  expectedExemplars,
  expectedSamples,
  getJson,
  prometheusExemplars,
  prometheusSamples,
  rowsAt,
} from '../testing/read-back.ts';
import { pushAll } from './push-all.ts';
import { remoteWriteSender } from './remote-write.ts';
import { closeSenders, senderNamed } from './table.ts';

const engine = findTestEngine('prometheus');
const WAYS = [
  ['otlp-http-protobuf', '/api/v1/otlp'],
  ['otlp-http-protobuf+gzip', '/api/v1/otlp'],
  ['otlp-http-json', '/api/v1/otlp'],
  ['otlp-http-json+gzip', '/api/v1/otlp'],
  ['prometheus-remote-write', ''],
  ['prometheus-remote-write-2', ''],
] as const;

describe.skipIf(engine === undefined)(`metrics into Prometheus${skipNote(engine, 'prometheus')}`, () => {
  let prometheus: LocalEngine;
  const t0Ms = storyStart(Date.now());

  beforeAll(async () => {
    prometheus = await startPrometheus();
  });

  afterAll(async () => {
    closeSenders();
    await prometheus?.stop();
  });

  async function readBack(run: string): Promise<unknown> {
    const until = t0Ms + 120_000;
    return {
      samples: {
        ...(await prometheusSamples(prometheus.url, `{run="${run}"}`, until)),
        ...(await prometheusSamples(prometheus.url, `target_info{telltale_run="${run}"}`, until)),
      },
      exemplars: await prometheusExemplars(prometheus.url, run, t0Ms, until),
    };
  }

  it.each(WAYS)('come back value for value when pushed by %s', async (name, prefix) => {
    const story = makeStory({ runId: `by-${name.replace('+', '_')}`, t0Ms });
    const sender = senderNamed(name);
    const url = `${prometheus.url}${prefix}${sender.defaultPath('metrics')}`;
    const result = await sender.send({ url }, payloadOf(story, 'metrics'));
    expect(result).toMatchObject({ accepted: true, rejected: 0, message: '' });
    const series = expectedSeries(story);
    expect(await readBack(story.runId)).toEqual({
      samples: expectedSamples(series),
      exemplars: expectedExemplars(series),
    });
  });

  it('come back value for value when pushed time by time', async () => {
    const story = makeStory({ runId: 'time-by-time', t0Ms });
    const payload = payloadOf(story, 'metrics');
    if (payload.signal !== 'metrics') throw new Error('payloadOf gave another signal');
    const url = `${prometheus.url}/api/v1/otlp/v1/metrics`;
    const summary = await pushAll(senderNamed('otlp-http-protobuf'), { url }, metricsByTime(payload));
    expect(summary).toMatchObject({ accepted: true, requests: 13 });
    const samples = await prometheusSamples(prometheus.url, '{run="time-by-time"}', t0Ms + 120_000);
    expect(samples).toEqual(expectedSamples(expectedSeries(story, { targetInfo: false })));
  });

  it('count 0.2 orders a second', async () => {
    const asked = { query: 'rate(shop_orders_total{payment="card"}[1m])', time: String(t0Ms / 1_000 + 120) };
    const answer = await getJson(`${prometheus.url}/api/v1/query?${new URLSearchParams(asked)}`);
    const values = rowsAt<{ value: [number, string] }>(answer, 'data', 'result').map((row) => Number(row.value[1]));
    expect(values).toHaveLength(WAYS.length + 1);
    for (const value of values) expect(value).toBeCloseTo(0.2, 12);
  });

  it('are refused with 400 and the engine’s words when out of order', async () => {
    const late = makeStory({ runId: 'by-prometheus-remote-write', t0Ms: t0Ms });
    const url = `${prometheus.url}/api/v1/write`;
    const result = await remoteWriteSender('v1').send({ url }, payloadOf(late, 'metrics'));
    expect(result).toMatchObject({ accepted: false, status: 400, retryable: false });
    expect(result.message).toMatch(/out of order/);
  });

  it('tell a wrong path from a missing server', async () => {
    const payload = payloadOf(makeStory({ runId: 'nowhere', t0Ms }), 'metrics');
    const sender = senderNamed('otlp-http-json');
    const refused = await sender.send({ url: `${prometheus.url}/v1/metrics` }, payload);
    expect(refused).toMatchObject({ accepted: false, status: 404 });
    await expect(sender.send({ url: 'http://127.0.0.1:1/v1/metrics' }, payload)).rejects.toMatchObject({
      name: 'SendError',
      failure: 'refused',
      url: 'http://127.0.0.1:1/v1/metrics',
    });
  });
});

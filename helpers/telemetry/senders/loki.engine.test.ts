import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoki } from '../../testing/engines.ts';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import type { LocalEngine } from '../../testing/local-engine.ts';
import { eventually, found, notYet } from '../../waiting/eventually.ts';
import { payloadOf } from '../payload.ts';
import { storyStart } from '../story/clock.ts';
import { expectedLogStreams } from '../story/expected.ts';
import { makeStory } from '../story/story.ts';
import { entryText, lokiEntries, type StreamText } from '../testing/read-back.ts';
import { detectedLevel } from '../translation/loki.ts';
import { seriesKey } from '../translation/prometheus.ts';
import type { Story } from '../types.ts';
import { pushAll } from './push-all.ts';
import { closeSenders, senderNamed } from './table.ts';

const engine = findTestEngine('loki');
const WAYS = [
  ['otlp-http-protobuf', '/otlp'],
  ['otlp-http-protobuf+gzip', '/otlp'],
  ['otlp-http-json', '/otlp'],
  ['otlp-http-json+gzip', '/otlp'],
  ['loki-push-json', ''],
  ['loki-push-json+gzip', ''],
  ['loki-push-protobuf', ''],
] as const;

function expectedEntries(story: Story): StreamText {
  return Object.fromEntries(
    expectedLogStreams(story).map(({ labels, entries }) => [
      seriesKey('', labels),
      entries
        .map(({ timeNs, line, structuredMetadata }) =>
          entryText(timeNs, line, {
            ...structuredMetadata,
            detected_level: detectedLevel(Number(structuredMetadata.severity_number)),
          }),
        )
        .sort(),
    ]),
  );
}

describe.skipIf(engine === undefined)(`logs into Loki${skipNote(engine, 'loki')}`, () => {
  let loki: LocalEngine;
  const t0Ms = storyStart(Date.now());

  beforeAll(async () => {
    loki = await startLoki();
  });

  afterAll(async () => {
    closeSenders();
    await loki?.stop();
  });

  it.each(WAYS)(
    'come back line by line, with labels and structured metadata, when pushed by %s',
    async (name, prefix) => {
      const story = makeStory({ runId: `by-${name.replace('+', '_')}`, t0Ms });
      const sender = senderNamed(name);
      const url = `${loki.url}${prefix}${sender.defaultPath('logs')}`;
      const summary = await pushAll(sender, { url }, payloadOf(story, 'logs'), { batchSize: 200 });
      expect(summary).toMatchObject({ accepted: true, requests: 3, sent: story.logs.length, rejected: 0 });
      const selector = `{service_namespace="shop", service_instance_id=~".+-${story.runId}"}`;
      const entries = await eventually(
        `all lines of ${story.runId}`,
        async () => {
          const streams = await lokiEntries(loki.url, selector, t0Ms, t0Ms + 120_000);
          const seen = Object.values(streams).reduce((sum, lines) => sum + lines.length, 0);
          return seen >= story.logs.length ? found(streams) : notYet(`${seen} of ${story.logs.length} lines`);
        },
        { deadlineMs: 15_000 },
      );
      expect(entries).toEqual(expectedEntries(story));
    },
  );

  it('that are too old are refused with 400 while the others are kept', async () => {
    const day = 24 * 3_600_000;
    const old = makeStory({ runId: 'too-old', t0Ms: t0Ms - 30 * day, size: 'small' });
    const sender = senderNamed('loki-push-json');
    const result = await sender.send({ url: `${loki.url}/loki/api/v1/push` }, payloadOf(old, 'logs'));
    expect(result).toMatchObject({ accepted: false, status: 400, retryable: false });
    expect(result.message).toMatch(/timestamp too old/);
  });
});

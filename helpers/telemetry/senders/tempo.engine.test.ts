import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTempo } from '../../testing/engines.ts';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import type { LocalEngine } from '../../testing/local-engine.ts';
import { eventually, found, notYet } from '../../waiting/eventually.ts';
import { otlpJson } from '../otlp/encode.ts';
import { type Payload, payloadOf } from '../payload.ts';
import { storyStart } from '../story/clock.ts';
import { expectedTraces } from '../story/expected.ts';
import { makeStory } from '../story/story.ts';
import { recordTexts } from '../testing/otlp-text.ts';
import { at, getJson } from '../testing/read-back.ts';
import { pushAll } from './push-all.ts';
import { closeSenders, sendersOf } from './table.ts';
import { urlFor } from './types.ts';

const engine = findTestEngine('tempo');

describe.skipIf(engine === undefined)(`traces into Tempo${skipNote(engine, 'tempo')}`, () => {
  let tempo: LocalEngine;
  const t0Ms = storyStart(Date.now());

  beforeAll(async () => {
    tempo = await startTempo();
  });

  afterAll(async () => {
    closeSenders();
    await tempo?.stop();
  });

  it.each(sendersOf('traces').map((sender) => [sender.name, sender] as const))(
    'come back span for span when pushed by %s',
    async (name, sender) => {
      const story = makeStory({ runId: name.replace('+', '_'), t0Ms });
      const base = `http://127.0.0.1:${sender.protocol === 'otlp-grpc' ? tempo.ports.otlpGrpc : tempo.ports.otlpHttp}`;
      const url = urlFor(base, sender, 'traces');
      const summary = await pushAll(sender, { url }, payloadOf(story, 'traces'));
      expect(summary).toMatchObject({ accepted: true, sent: story.spans.length });
      for (const trace of expectedTraces(story)) {
        const sent: Payload = { signal: 'traces', resources: story.resources, spans: trace.spans };
        const expected = recordTexts([otlpJson(sent)]).map(withoutFlags);
        const records = await eventually(
          `the ${trace.spans.length} spans of ${trace.traceId}`,
          async () => {
            const answer = await getJson(`${tempo.url}/api/v2/traces/${trace.traceId}`);
            const seen = recordTexts([at(answer, 'trace')]).map(withoutFlags);
            return seen.length >= expected.length ? found(seen) : notYet(`${seen.length} spans`);
          },
          { deadlineMs: 20_000 },
        );
        expect(records).toEqual(expected);
      }
    },
  );
});

/** Tempo keeps the W3C flags of spans and links in memory, and drops them when it writes a block. */
function withoutFlags(record: string): string {
  return record.replaceAll('"flags":"257",', '');
}

import { type Payload, payloadOf } from '../helpers/telemetry/payload.ts';
import { pushAll } from '../helpers/telemetry/senders/push-all.ts';
import { senderNamed } from '../helpers/telemetry/senders/table.ts';
import type { Sender } from '../helpers/telemetry/senders/types.ts';
import { storyStart } from '../helpers/telemetry/story/clock.ts';
import { makeStory } from '../helpers/telemetry/story/story.ts';
import type { Story } from '../helpers/telemetry/types.ts';
import { eventually, found, notYet } from '../helpers/waiting/eventually.ts';
import { type Assertion, clientsFor, type EngineUrls } from './assertion.ts';
import type { BenchEngines } from './engines.ts';
import { logqlAssertions } from './logql.ts';
import { promqlAssertions } from './promql.ts';
import { traceqlAssertions } from './traceql.ts';

/** Pushes the story to each engine, and waits until the first answers are whole. */
export async function pushStory(engines: BenchEngines, urls: EngineUrls): Promise<Story> {
  const story = makeStory({ runId: 'bench', t0Ms: storyStart(Date.now()) });
  const { prometheus, loki, tempo } = engines;
  const sender = senderNamed('otlp-http-protobuf');
  await mustPush(sender, `${prometheus.url}/api/v1/otlp/v1/metrics`, payloadOf(story, 'metrics'));
  await mustPush(sender, `${loki.url}/otlp/v1/logs`, payloadOf(story, 'logs'));
  if (tempo !== undefined) {
    await mustPush(sender, `http://127.0.0.1:${tempo.ports.otlpHttp}/v1/traces`, payloadOf(story, 'traces'));
  }
  const gates = [
    ...promqlAssertions(story, 4),
    ...logqlAssertions(story, 28),
    ...(tempo === undefined ? [] : traceqlAssertions(story, 5)),
  ];
  const clients = clientsFor(urls);
  for (const gate of gates) await visible(gate, clients);
  return story;
}

/** @throws Error with the receiver's words where it refused anything. */
export async function mustPush(sender: Sender, url: string, payload: Payload | Iterable<Payload>): Promise<number> {
  const { accepted, sent, refusals } = await pushAll(sender, { url }, payload, { timeoutMs: 60_000 });
  if (!accepted) throw new Error(`${sender.name} to ${url} was refused: ${refusals[0]?.message}`);
  return sent;
}

function visible(assertion: Assertion, clients: ReturnType<typeof clientsFor>): Promise<void> {
  return eventually(
    `the right answer to ${assertion.query}`,
    async () => {
      try {
        await assertion.hold(clients);
        return found(undefined);
      } catch (error) {
        return notYet(error instanceof Error ? error.message : String(error));
      }
    },
    { deadlineMs: 60_000 },
  );
}

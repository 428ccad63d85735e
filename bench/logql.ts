import type { LogEntry, LokiAnswer } from '../helpers/clients/loki-types.ts';
import type { Labels } from '../helpers/clients/prometheus-types.ts';
import { NS_PER_MS, nsOf, STORY_MS } from '../helpers/telemetry/story/clock.ts';
import { expectedLogStreams } from '../helpers/telemetry/story/expected.ts';
import { detectedLevel, type LokiStream, selectorOf } from '../helpers/telemetry/translation/loki.ts';
import type { Story } from '../helpers/telemetry/types.ts';
import { type Assertion, mustEqual, pick } from './assertion.ts';

/** In lines of the story, some of them in few, some in many. */
const NEEDLES = ['GET', 'order', 'error', 'status', 'user', 'ms', 'trace', 'level'];
const LINES = 1000;

/**
 * In equal parts: how many lines a stream has, how many of all streams hold a word, all lines of a stream with their
 * structured metadata, the bytes of a stream.
 */
export function logqlAssertions(story: Story, count: number): readonly Assertion[] {
  const streams = expectedLogStreams(story);
  const ofRun = `{service_namespace="shop", service_instance_id=~".+-${story.runId}"}`;
  return Array.from({ length: count }, (_, index) => {
    const stream = pick(streams, Math.floor(index / 4));
    const one = selectorOf(stream.labels);
    switch (index % 4) {
      case 0:
        return metric(story, `sum(count_over_time(${one}[3m]))`, [{ labels: {}, value: stream.entries.length }]);
      case 1: {
        const needle = pick(NEEDLES, Math.floor(index / 4));
        const query = `sum by (service_name) (count_over_time(${ofRun} |= \`${needle}\` [3m]))`;
        return metric(story, query, countsWith(streams, needle));
      }
      case 2:
        return lines(story, one, stream);
      default: {
        const bytes = stream.entries.reduce((sum, { line }) => sum + Buffer.byteLength(line), 0);
        return metric(story, `sum(bytes_over_time(${one}[3m]))`, [{ labels: {}, value: bytes }]);
      }
    }
  });
}

interface Count {
  readonly labels: Labels;
  readonly value: number;
}

function countsWith(streams: readonly LokiStream[], needle: string): readonly Count[] {
  return streams
    .map(({ labels, entries }) => ({
      labels: { service_name: labels.service_name ?? '' },
      value: entries.filter(({ line }) => line.includes(needle)).length,
    }))
    .filter(({ value }) => value > 0);
}

function metric(story: Story, query: string, counts: readonly Count[]): Assertion {
  const atMs = story.t0Ms + STORY_MS;
  const want = byService(counts.map((count) => ({ ...count, timeMs: atMs })));
  return {
    language: 'LogQL',
    query,
    async hold({ loki }) {
      const { result } = await loki.query(query, { atNs: BigInt(atMs) * NS_PER_MS });
      mustEqual(query, result.type === 'vector' ? byService(result.rows) : result, want);
    },
  };
}

function byService<T extends { readonly labels: Labels }>(rows: readonly T[]): readonly T[] {
  const service = ({ labels }: T): string => labels.service_name ?? '';
  return rows.toSorted((one, other) => (service(one) < service(other) ? -1 : 1));
}

function lines(story: Story, query: string, stream: LokiStream): Assertion {
  const range = { startNs: nsOf(story.t0Ms), endNs: nsOf(story.t0Ms + STORY_MS) };
  const want = inOrder(
    stream.entries.map(({ timeNs, line, structuredMetadata }) => ({
      timeNs,
      line,
      structuredMetadata: {
        ...structuredMetadata,
        detected_level: detectedLevel(Number(structuredMetadata.severity_number)),
      },
      parsed: {},
    })),
  );
  return {
    language: 'LogQL',
    query,
    async hold({ loki }) {
      const { result } = await loki.queryRange(query, range, { limit: LINES, direction: 'forward' });
      mustEqual(query, entriesOf(result), want);
    },
  };
}

function entriesOf(result: LokiAnswer['result']): unknown {
  return result.type === 'streams' ? inOrder(result.rows.flatMap(({ entries }) => entries)) : result;
}

/** Lines of one time come in any order. */
function inOrder(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries.toSorted((one, other) =>
    one.timeNs === other.timeNs ? (one.line < other.line ? -1 : 1) : one.timeNs < other.timeNs ? -1 : 1,
  );
}

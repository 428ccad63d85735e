import type { TraceHit } from '../helpers/clients/tempo-types.ts';
import { NS_PER_MS, STORY_MS } from '../helpers/telemetry/story/clock.ts';
import { type ExpectedTrace, expectedTraces } from '../helpers/telemetry/story/expected.ts';
import { SERVICES } from '../helpers/telemetry/story/shop.ts';
import type { Span, Story } from '../helpers/telemetry/types.ts';
import { type Assertion, mustEqual, pick } from './assertion.ts';

const TRACES = 1000;
const KINDS = ['server', 'client', 'internal', 'producer', 'consumer'] as const;
const LONGER_THAN_MS = [50, 100, 250, 500, 1000];

/** Searches by service, by name, by status, by kind, by duration, in equal parts; every trace of the answer is compared. */
export function traceqlAssertions(story: Story, count: number): readonly Assertion[] {
  const traces = expectedTraces(story);
  const names = [...new Set(story.spans.map(({ name }) => name))];
  return Array.from({ length: count }, (_, index) => {
    const turn = Math.floor(index / 5);
    switch (index % 5) {
      case 0: {
        const service = pick(SERVICES, turn);
        return search(story, traces, `resource.service.name = "${service}"`, ({ resource }) => resource === service);
      }
      case 1: {
        const wanted = pick(names, turn);
        return search(story, traces, `name = ${JSON.stringify(wanted)}`, ({ name }) => name === wanted);
      }
      case 2:
        return search(story, traces, 'status = error', ({ status }) => status === 'error');
      case 3: {
        const wanted = pick(KINDS, turn);
        return search(story, traces, `kind = ${wanted}`, ({ kind }) => kind === wanted);
      }
      default: {
        const ms = pick(LONGER_THAN_MS, turn);
        const longer = (span: Span): boolean => span.endNs - span.startNs > BigInt(ms) * NS_PER_MS;
        return search(story, traces, `duration > ${ms}ms`, longer);
      }
    }
  });
}

type Found = Pick<TraceHit, 'traceId' | 'rootServiceName' | 'rootTraceName' | 'startNs' | 'durationMs'>;

function search(
  story: Story,
  traces: readonly ExpectedTrace[],
  condition: string,
  matches: (span: Span) => boolean,
): Assertion {
  const query = `{ span.run = "${story.runId}" && ${condition} }`;
  const range = { startMs: story.t0Ms, endMs: story.t0Ms + STORY_MS + 60_000 };
  const want = inOrder(
    traces
      .filter(({ spans }) => spans.some(matches))
      .map(({ traceId, rootService, rootName, startNs, durationMs }) => ({
        traceId,
        rootServiceName: rootService,
        rootTraceName: rootName,
        startNs,
        durationMs,
      })),
  );
  return {
    language: 'TraceQL',
    query,
    async hold({ tempo }) {
      const hits = await tempo.search(query, { range, limit: TRACES });
      mustEqual(query, inOrder(hits.map(({ spanSets: _, ...found }) => found)), want);
    },
  };
}

function inOrder(found: readonly Found[]): readonly Found[] {
  return found.toSorted((one, other) => (one.traceId < other.traceId ? -1 : 1));
}

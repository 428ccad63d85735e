import type { LogRecord, Span } from '../types.ts';
import { SPANS_FROM_MS, SPANS_UNTIL_MS } from './clock.ts';
import { logsOfSpans } from './logs.ts';
import { browse, checkout, LONGEST_MS } from './shapes.ts';
import { checkFrame, storyKey } from './story.ts';

export interface LoadOptions {
  readonly runId: string;
  /** Milliseconds since the epoch, a whole minute. */
  readonly t0Ms: number;
  readonly traces: number;
  /** Traces in a chunk; 100 unless given. */
  readonly chunk?: number;
}

export interface LoadChunk {
  readonly spans: readonly Span[];
  readonly logs: readonly LogRecord[];
}

/**
 * Traces and their logs for load, chunk by chunk, so that memory does not grow with their number: nine in ten are
 * `browse`, one is a paid checkout. Resources are those of the story. The ids differ from the story's.
 *
 * @throws RangeError see `makeStory`.
 */
export function* makeLoad(options: LoadOptions): Generator<LoadChunk, void, undefined> {
  const { runId, t0Ms, traces } = options;
  checkFrame(runId, t0Ms);
  const chunk = options.chunk ?? 100;
  const key = `load ${storyKey(runId, t0Ms)}`;
  const room = SPANS_UNTIL_MS - SPANS_FROM_MS - LONGEST_MS;
  for (let from = 0; from < traces; from += chunk) {
    const spans: Span[] = [];
    for (let index = from; index < Math.min(from + chunk, traces); index++) {
      const startMs = t0Ms + SPANS_FROM_MS + Math.floor((index * room) / traces);
      const input = { key, runId, index, startMs };
      spans.push(...(index % 10 === 9 ? checkout(input, 'paid') : browse(input)));
    }
    yield { spans, logs: logsOfSpans(runId, spans) };
  }
}

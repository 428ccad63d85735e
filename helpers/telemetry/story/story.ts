import type { Story } from '../types.ts';
import { logsOfSpans, standingLogs } from './logs.ts';
import { makeMetrics } from './metrics.ts';
import { shopResources } from './shop.ts';
import { makeTraces, NORMAL_MIX, SMALL_MIX } from './traces.ts';

/** `small`: for a stack that is somebody's, without errors. `normal`: 144 traces and every shape. */
export type StorySize = 'small' | 'normal';

export interface StoryOptions {
  readonly runId: string;
  /** Milliseconds since the epoch, a whole minute; `storyStart` computes it for a story pushed now. */
  readonly t0Ms: number;
  readonly size?: StorySize;
}

/** What identifiers are derived from. */
export function storyKey(runId: string, t0Ms: number): string {
  return `${runId}@${t0Ms}`;
}

/**
 * The story: a pure function of its options. Metrics have 13 points from t0 to t0 + 2 min, logs are spread over the same
 * time, spans lie in its last 45 s. Everything carries the run id as attribute `run` and resource attribute
 * `telltale.run`.
 *
 * @throws RangeError where t0 is not a whole minute or the run id is not made of letters, digits, `-` and `_`.
 */
export function makeStory(options: StoryOptions): Story {
  const { runId, t0Ms } = options;
  checkFrame(runId, t0Ms);
  const normal = options.size !== 'small';
  const spans = makeTraces(storyKey(runId, t0Ms), runId, t0Ms, normal ? NORMAL_MIX : SMALL_MIX);
  return {
    runId,
    t0Ms,
    resources: shopResources(runId),
    metrics: makeMetrics({ runId, t0Ms }, spans, normal),
    logs: [...logsOfSpans(runId, spans), ...standingLogs(runId, t0Ms, normal)],
    spans,
  };
}

/** @throws RangeError see {@link makeStory}. */
export function checkFrame(runId: string, t0Ms: number): void {
  if (!/^[\w-]{1,64}$/.test(runId)) {
    throw new RangeError(`The run id "${runId}" must be 1 to 64 letters, digits, "-" or "_".`);
  }
  if (!Number.isSafeInteger(t0Ms) || t0Ms <= 0 || t0Ms % 60_000 !== 0) {
    throw new RangeError(`The story's start ${t0Ms} must be a whole minute in milliseconds since the epoch.`);
  }
}

/** Nanoseconds in a millisecond, for times that OTLP counts in nanoseconds. */
export const NS_PER_MS = 1_000_000n;

/** The story's length: metrics run from t0 to t0 + 2 min, both included. */
export const STORY_MS = 120_000;

/** Between two points of a metric. */
export const STEP_MS = 10_000;

/** 13 points, t0 and t0 + 2 min included. */
export const STEPS = STORY_MS / STEP_MS;

/**
 * First start of a span, after t0. Trace backends search and derive metrics from recent spans only (Tempo: two minutes
 * around now), so spans fill the story's last 45 s.
 */
export const SPANS_FROM_MS = 75_000;

/** Nothing is dated at or after this, after t0. */
export const SPANS_UNTIL_MS = 120_000;

/**
 * The start for a story that is pushed now: a whole minute, so that the story ended at most a minute ago and holds
 * nothing of the future.
 */
export function storyStart(nowMs: number): number {
  return Math.floor(nowMs / 60_000) * 60_000 - STORY_MS;
}

/** Milliseconds since the epoch to nanoseconds. */
export function nsOf(ms: number): bigint {
  return BigInt(ms) * NS_PER_MS;
}

/** Nanoseconds to milliseconds, the fraction cut off as Prometheus does. */
export function msOf(ns: bigint): number {
  return Number(ns / NS_PER_MS);
}

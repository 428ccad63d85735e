/** What was waited for did not come about in time. The message says what, how long, and what was seen last. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly what: string;
  readonly waitedMs: number;
  /** What the last completed probe saw, as a sentence or clause; undefined where none completed. */
  readonly lastSeen: string | undefined;

  constructor(what: string, waitedMs: number, lastSeen: string | undefined, options: { cause?: unknown } = {}) {
    const seen = lastSeen === undefined ? 'no attempt finished' : `last seen: ${lastSeen}`;
    super(`waited ${formatMs(waitedMs)} for ${what}, in vain; ${seen}`, options);
    this.what = what;
    this.waitedMs = waitedMs;
    this.lastSeen = lastSeen;
  }
}

/** A point in time by which something has to be done, on a clock that does not jump. */
export class Deadline {
  readonly startedAt: number;
  readonly totalMs: number;

  constructor(totalMs: number) {
    this.startedAt = performance.now();
    this.totalMs = totalMs;
  }

  /** Whole milliseconds since the start. */
  elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  /** Milliseconds left, never below zero. */
  remainingMs(): number {
    return Math.max(0, this.totalMs - (performance.now() - this.startedAt));
  }

  passed(): boolean {
    return this.remainingMs() === 0;
  }
}

/** `850 ms`, `2.5 s`, `3 min 20 s`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

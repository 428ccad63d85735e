/** Milliseconds to wait before each next attempt. */
export interface Backoff {
  /** First wait; the floor. Small, because most engines answer within some 50 ms of a push. */
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
}

export const QUICK: Backoff = { firstMs: 10, factor: 1.5, maxMs: 250 };

/** An endless, deterministic series of waits: first, first × factor, … up to the maximum. */
export function* waits(backoff: Backoff = QUICK): Generator<number, never, void> {
  let next = backoff.firstMs;
  for (;;) {
    yield next;
    next = Math.min(next * backoff.factor, backoff.maxMs);
  }
}

import { type Backoff, QUICK, waits } from './backoff.ts';
import { Deadline, DeadlineError } from './deadline.ts';
import { sleep } from './sleep.ts';

/** What one look at the world found: the thing waited for, or what was there instead. */
export type Probe<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly saw: string };

/** The probe's answer when the condition holds. */
export function found<T>(value: T): Probe<T> {
  return { done: true, value };
}

/** The probe's answer when it does not hold yet; `saw` is quoted in the error at give-up. */
export function notYet(saw: string): Probe<never> {
  return { done: false, saw };
}

/** Thrown by a probe: waiting longer is of no use. `eventually` throws it on at once. */
export class GiveUpError extends Error {
  override readonly name: string = 'GiveUpError';
}

export interface EventuallyOptions {
  readonly deadlineMs: number;
  /** A fixed wait between attempts; without it, waits grow from 10 ms to 250 ms. */
  readonly intervalMs?: number;
  readonly backoff?: Backoff;
  /** Ends the wait early; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Probes until the condition holds and returns what was found. A probe that throws counts as an attempt that saw the
 * error (an engine that is still starting refuses connections), except for `GiveUpError` and faults of our own
 * (TypeError and the like), which are thrown on. The probe gets a signal that aborts at the deadline, and is
 * abandoned there if it ignores it.
 * @param what completes the sentence "waited 5 s for …".
 * @throws DeadlineError saying what it waited for, how long, and what it saw last.
 */
export async function eventually<T>(
  what: string,
  probe: (signal: AbortSignal) => Promise<Probe<T>>,
  options: EventuallyOptions,
): Promise<T> {
  const deadline = new Deadline(options.deadlineMs);
  const atDeadline = AbortSignal.timeout(Math.max(1, Math.ceil(options.deadlineMs)));
  const stop = options.signal === undefined ? atDeadline : AbortSignal.any([atDeadline, options.signal]);
  const pauses = waits(options.backoff ?? fixedOrQuick(options.intervalMs));
  let lastSeen: string | undefined;
  let cause: unknown;

  for (;;) {
    options.signal?.throwIfAborted();
    try {
      const result = await abandonedAt(stop, probe(stop));
      if (result.done) return result.value;
      lastSeen = result.saw;
      cause = undefined;
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason;
      if (isOurFault(error)) throw error;
      if (!stop.aborted) {
        lastSeen = describe(error);
        cause = error;
      }
    }
    const left = deadline.remainingMs();
    if (stop.aborted || left < LAST_LOOK_MS) {
      throw new DeadlineError(what, deadline.elapsedMs(), lastSeen, cause === undefined ? {} : { cause });
    }
    // Near the end the waits shrink, so that what comes about shortly before the deadline is still seen.
    await sleep(Math.min(pauses.next().value, left / 2), options.signal);
  }
}

/** With less than this left, another look would be cut off. */
const LAST_LOOK_MS = 5;

function fixedOrQuick(intervalMs: number | undefined): Backoff {
  return intervalMs === undefined ? QUICK : { firstMs: intervalMs, factor: 1, maxMs: intervalMs };
}

function abandonedAt<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function isOurFault(error: unknown): boolean {
  return (
    error instanceof GiveUpError ||
    error instanceof TypeError ||
    error instanceof ReferenceError ||
    error instanceof RangeError ||
    error instanceof SyntaxError
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { Signal } from '../../stack/definition/types.ts';
import { Deadline, DeadlineError, formatMs } from './deadline.ts';
import { eventually, found, GiveUpError, notYet } from './eventually.ts';

/** One signal on one route, and how to count what of it is visible. */
export interface Gate {
  readonly signal: Signal;
  /** How it got in: `direct to logstore by otlp-http`, `through gateway`. */
  readonly route: string;
  /** What is counted: `samples`, `lines`, `spans`. */
  readonly unit: string;
  /** How many were pushed. */
  readonly expected: number;
  /** How many are visible now. May throw while the engine starts; a GiveUpError ends the wait for this gate. */
  readonly count: (signal: AbortSignal) => Promise<number>;
}

/** How one gate ended. */
export interface Settlement {
  readonly signal: Signal;
  readonly route: string;
  readonly unit: string;
  readonly sent: number;
  /** The last count; undefined where no count ever came back. */
  readonly seen: number | undefined;
  /** Everything is visible. `seen` above `sent` is settled too: that is for a check to judge, not to wait for. */
  readonly settled: boolean;
  /** Milliseconds from the call to the count that settled it, or to giving up. */
  readonly afterMs: number;
  /** One sentence with sent and seen; for a gate that gave up also what the last attempt saw. */
  readonly summary: string;
}

export interface SettledOptions {
  /** For all gates together: they are polled side by side. */
  readonly deadlineMs: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Waits until every gate sees all that was sent, or the deadline has passed. A gate that gives up does not end the
 * others, and is not an exception: whether a signal that never arrives is a broken promise is for the checks to say.
 * @returns one settlement per gate, in the order of the gates.
 */
export async function settled(gates: readonly Gate[], options: SettledOptions): Promise<readonly Settlement[]> {
  return Promise.all(gates.map((gate) => settle(gate, options)));
}

/**
 * The same, for callers that cannot go on without the data.
 * @throws DeadlineError listing sent and seen of each gate that gave up.
 */
export async function requireSettled(gates: readonly Gate[], options: SettledOptions): Promise<readonly Settlement[]> {
  const settlements = await settled(gates, options);
  const open = settlements.filter((settlement) => !settlement.settled);
  if (open.length > 0) {
    const waited = Math.max(...open.map(({ afterMs }) => afterMs));
    const what = `all that was pushed to be visible (${open.length} of ${gates.length} gates still open)`;
    throw new DeadlineError(what, waited, open.map(({ summary }) => summary).join('; '));
  }
  return settlements;
}

async function settle(gate: Gate, options: SettledOptions): Promise<Settlement> {
  const clock = new Deadline(options.deadlineMs);
  const { signal, route, unit, expected: sent } = gate;
  let seen: number | undefined;
  const gist = (): string => `${signal} ${route}: ${sent} ${unit} sent, ${seen ?? 'no count of what was'} seen`;
  try {
    await eventually(
      `${sent} ${unit} (${signal} ${route})`,
      async (stop) => {
        seen = await gate.count(stop);
        return seen >= sent ? found(seen) : notYet(`${seen} of ${sent} ${unit}`);
      },
      options,
    );
    const afterMs = clock.elapsedMs();
    return { signal, route, unit, sent, seen, settled: true, afterMs, summary: `${gist()} after ${formatMs(afterMs)}` };
  } catch (error) {
    if (!(error instanceof DeadlineError || error instanceof GiveUpError)) throw error;
    const afterMs = clock.elapsedMs();
    const last = error instanceof GiveUpError ? error.message : error.lastSeen;
    const summary = `${gist()} when given up after ${formatMs(afterMs)}${last === undefined ? '' : ` (last attempt: ${last})`}`;
    return { signal, route, unit, sent, seen, settled: false, afterMs, summary };
  }
}

import { type Phase, type ResultRow, type RunEvent, rowKeyOf } from '../../schemas/results.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import type { Driver, RunningStack, StartOptions } from '../../stack/drivers/types.ts';
import { pushEverything } from '../push/push.ts';
import { settleEverything } from '../push/settle.ts';
import { newSession, type WritableSession } from '../push/writable-session.ts';
import { secretsOf } from '../secrets.ts';
import type { Requirement } from '../types.ts';
import { Blockers, READY_ID, STAYS_UP_ID } from './blockers.ts';
import { executeChecks } from './execute.ts';
import { type PlannedCheck, planChecks, type Selection } from './plan.ts';
import { redactEvent } from './redact-event.ts';

export interface RunRequest {
  readonly runId: string;
  readonly definition: StackDefinition;
  readonly driver: Driver;
  readonly requirements: readonly Requirement[];
  readonly selection: Selection;
  readonly start: Pick<StartOptions, 'scratch' | 'keep' | 'extraArguments' | 'replacements'>;
  readonly failFast: boolean;
  /** Aborts at Ctrl-C or when the run's own time is over. */
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

/**
 * One run on one stack: start, readiness, push, settle, check, stop. Everything that happens is an event; every
 * planned row gets its verdict unless the run is aborted. The stack is down when this resolves or throws.
 * @throws MachineError where the driver could not do its work at all.
 */
export async function runStack(request: RunRequest): Promise<void> {
  return new StackRun(request).run();
}

/** How a run ended that was told to stop: by somebody, or (reason `TimeoutError`) by the time that it was given. */
export function outcomeAfter(signal: AbortSignal): 'interrupted' | 'failed' | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason?.name === 'TimeoutError' ? 'failed' : 'interrupted';
}

class StackRun {
  readonly #request: RunRequest;
  readonly #planned: readonly PlannedCheck[];
  readonly #started = performance.now();
  /** Ends the run early: Ctrl-C, time over, or the first failure with `--fail-fast`. */
  readonly #stop = new AbortController();
  readonly #done = new Set<string>();
  #criticalPathMs = 0;

  constructor(request: RunRequest) {
    const secrets = secretsOf(request.definition);
    this.#request = { ...request, emit: (event) => request.emit(redactEvent(event, secrets)) };
    this.#planned = planChecks(request.requirements, request.definition, request.selection);
    request.signal.addEventListener('abort', () => this.#stop.abort(request.signal.reason), { once: true });
    if (request.signal.aborted) this.#stop.abort(request.signal.reason);
  }

  async run(): Promise<void> {
    const { emit } = this.#request;
    emit({ type: 'rows-planned', at: now(), rows: this.#planned.map(({ row }) => row) });
    for (const check of this.#planned) {
      if (check.skip && !comesAlong(check)) this.#row(skippedRow(check, check.skip));
    }
    let stack: RunningStack | undefined;
    try {
      stack = await this.#phase('start', `Starting ${this.#request.definition.name}`, () => this.#startStack());
      const session = newSession(this.#request.runId, this.#request.definition, stack);
      await this.#checkEverything(session);
    } finally {
      for (const check of this.#planned) {
        if (check.skip && comesAlong(check) && !this.#done.has(rowKeyOf(check.row))) {
          this.#row(skippedRow(check, check.skip));
        }
      }
      const running = stack;
      if (running) await this.#phase('stop', 'Stopping the stack', () => running.dispose());
    }
    const cutShort = outcomeAfter(this.#request.signal);
    if (cutShort === undefined && this.#stop.signal.aborted) this.#rowsNotReached();
    emit({
      type: 'run-finished',
      at: now(),
      durationMs: Math.round(performance.now() - this.#started),
      criticalPathMs: Math.round(this.#criticalPathMs),
      outcome: cutShort ?? 'completed',
      ...(cutShort ? { message: String(this.#request.signal.reason?.message ?? 'interrupted') } : {}),
    });
  }

  async #startStack(): Promise<RunningStack> {
    const { driver, definition, start, runId, emit } = this.#request;
    const stack = await driver.start(definition, {
      ...start,
      runId,
      signal: this.#stop.signal,
      progress: (message) => emit({ type: 'progress', at: now(), phase: 'start', message }),
      note: (message) => emit({ type: 'note', at: now(), message }),
    });
    for (const message of stack.limitations) emit({ type: 'note', at: now(), message });
    for (const { service, engine, version, source, asked } of stack.engines) {
      const role = definition.services.find(({ name }) => name === service)?.role ?? '';
      emit({
        type: 'engine',
        at: now(),
        engine: { service, engine, version, role, source, ...(asked ? { asked } : {}) },
      });
    }
    return stack;
  }

  async #checkEverything(session: WritableSession): Promise<void> {
    const asked = this.#planned.filter((check) => check.skip === undefined);
    const staysUp = asked.filter(({ requirement }) => requirement.id === STAYS_UP_ID);
    const blockers = new Blockers(staysUp.map(({ row }) => row.subject));
    await blockers.collectMissing(session.stack);
    const after = (phase: Requirement['after']) => asked.filter(({ requirement }) => requirement.after === phase);
    const execute = (checks: readonly PlannedCheck[]) =>
      executeChecks(checks, session, blockers, this.#stop.signal, (row) => this.#row(row, session));

    const readyStarted = performance.now();
    await this.#phase('start', 'Waiting until every service is ready', async () => {
      await Promise.all([execute(after('started')), this.#waitUnasked(asked, session, blockers)]);
    });
    this.#criticalPathMs += performance.now() - readyStarted;
    await this.#phase('check', 'Checking what a ready stack must do', () => execute(after('ready')));
    if (after('settled').length > 0) {
      const progress = (phase: Phase) => (message: string) =>
        this.#request.emit({ type: 'progress', at: now(), phase, message });
      await this.#phase('push', 'Pushing the story', () =>
        pushEverything(session, blockers, this.#stop.signal, progress('push')),
      );
      await this.#phase('settle', 'Waiting until it is visible', async () => {
        this.#criticalPathMs += await settleEverything(session, this.#stop.signal, progress('settle'));
      });
      await this.#phase('check', 'Checking every answer', () => execute(after('settled')));
    }
    const lookedBack = performance.now();
    await this.#phase('check', 'Looking back at the run', async () => {
      await execute(after('end').filter((check) => !staysUp.includes(check)));
      // Last of all, so that nothing dies unseen.
      await execute(staysUp);
    });
    // What is waited for there is an engine's own pace: Prometheus looks for its targets seconds after its start.
    this.#criticalPathMs += performance.now() - lookedBack;
  }

  /**
   * What is asked of a running stack means nothing before it is ready, whatever was selected. A service that does not
   * get ready is told, since other rows are blocked by it; in a shard, the shard to which the row belongs tells it.
   */
  async #waitUnasked(asked: readonly PlannedCheck[], session: WritableSession, blockers: Blockers): Promise<void> {
    if (asked.every(({ requirement }) => requirement.after === 'started')) return;
    const unasked = this.#planned.filter(comesAlong).map(({ skip: _, ...check }) => check);
    const sharded = this.#request.selection.shard !== undefined;
    await executeChecks(unasked, session, blockers, this.#stop.signal, (row) => {
      if (row.verdict === 'fail' && !sharded) this.#row(row, session);
      else if (row.verdict === 'pass') session.readyAfterMs.set(row.subject, row.durationMs);
    });
  }

  /** With `--fail-fast` the rest is not asked, and says so. */
  #rowsNotReached(): void {
    const why = 'It was not asked: another row failed before, and --fail-fast was given.';
    for (const check of this.#planned) {
      if (!this.#done.has(rowKeyOf(check.row))) this.#row(skippedRow(check, { verdict: 'not-run', why }));
    }
  }

  #row(row: ResultRow, session?: WritableSession): void {
    this.#done.add(rowKeyOf(row));
    this.#request.emit({ type: 'row', at: now(), row });
    if (session && row.id === READY_ID && row.verdict === 'pass') session.readyAfterMs.set(row.subject, row.durationMs);
    if (this.#request.failFast && row.verdict === 'fail')
      this.#stop.abort(new Error('a row failed, and --fail-fast was given'));
  }

  async #phase<T>(phase: Phase, title: string, work: () => Promise<T>): Promise<T> {
    const { emit } = this.#request;
    const started = performance.now();
    emit({ type: 'phase-started', at: now(), phase, title });
    try {
      return await work();
    } finally {
      emit({ type: 'phase-finished', at: now(), phase, durationMs: Math.round(performance.now() - started) });
    }
  }
}

function now(): string {
  return new Date().toISOString();
}

function skippedRow(check: PlannedCheck, skip: NonNullable<PlannedCheck['skip']>): ResultRow {
  return { ...check.row, verdict: skip.verdict, durationMs: 0, message: skip.why, evidence: [] };
}

/** Readiness that was not selected, and for which everything else waits all the same. */
function comesAlong({ requirement, skip }: PlannedCheck): boolean {
  return requirement.id === READY_ID && skip?.verdict === 'not-run';
}

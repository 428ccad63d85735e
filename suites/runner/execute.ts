import { TransportError } from '../../helpers/clients/http-errors.ts';
import type { ResultRow } from '../../schemas/results.ts';
import { clientOptionsFor } from '../access.ts';
import { startCapture } from '../capture.ts';
import type { Session } from '../session.ts';
import type { CheckContext, Outcome, Requirement, RowTarget } from '../types.ts';
import { type Blocker, type Blockers, READY_ID, STAYS_UP_ID, staysUpRow } from './blockers.ts';
import { outcomeOfError, resultRow } from './judge.ts';
import type { PlannedCheck } from './plan.ts';

const DEFAULT_DEADLINE_MS = 30_000;
/** Checks at once: enough to hide the latency of an answer, not so many that an engine's queue is what is measured. */
const PARALLEL = 16;

/** Runs rows side by side and hands each over as it is judged. Rows that the abort leaves undone are not handed over. */
export async function executeChecks(
  checks: readonly PlannedCheck[],
  session: Session,
  blockers: Blockers,
  signal: AbortSignal,
  onRow: (row: ResultRow) => void,
): Promise<void> {
  const queue = checks.values();
  const worker = async (): Promise<void> => {
    for (const check of queue) {
      if (signal.aborted) return;
      const row = await executeOne(check, session, blockers, signal);
      if (row) onRow(row);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, checks.length) }, worker));
}

export async function executeOne(
  check: PlannedCheck,
  session: Session,
  blockers: Blockers,
  signal: AbortSignal,
): Promise<ResultRow | undefined> {
  const { requirement, target } = check;
  if (target === undefined) return undefined;
  const started = performance.now();
  const blocker = await blockerOf(requirement, target, session, blockers);
  if (blocker) return resultRow(check, { kind: 'blocked', ...blocker }, 0, []);
  const evidence = startCapture(session);
  const deadlineMs = requirement.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const ownSignal = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  const context: CheckContext = {
    session,
    definition: session.definition,
    stack: session.stack,
    evidence,
    clientOptions: (service, options = {}) => ({
      ...clientOptionsFor(session, service, options),
      observer: evidence.observer,
    }),
    signal: ownSignal,
  };
  let outcome: Outcome;
  try {
    outcome = await requirement.check(context, target);
  } catch (error) {
    if (signal.aborted) return undefined;
    outcome = ownSignal.aborted
      ? timedOut(deadlineMs)
      : ((await goneMeanwhile(error, target.service.name, session, blockers)) ?? outcomeOfError(error));
  }
  if (outcome.kind === 'broken' && asksEngine(requirement)) {
    // An engine that dies while it is asked makes any answer look wrong.
    await blockers.lookAfter(target, session.stack);
    const gone = blockers.of(target);
    if (gone) outcome = { kind: 'blocked', ...gone };
  }
  const row = resultRow(check, outcome, performance.now() - started, evidence.list());
  if (row.verdict === 'fail' && requirement.id === READY_ID) blockers.notReady(target.subject, row.message);
  return row;
}

/** Rows of the first phase are about files, but for READY-01; the last one is about the process, not its answers. */
function asksEngine({ id, after }: Requirement): boolean {
  return after !== 'started' && id !== STAYS_UP_ID;
}

async function blockerOf(
  requirement: Requirement,
  target: RowTarget,
  session: Session,
  blockers: Blockers,
): Promise<Blocker | undefined> {
  // Whether it is ready is asked of whatever could be started.
  if (requirement.id === READY_ID) return blockers.missing(target.subject);
  if (requirement.id === STAYS_UP_ID) return blockers.beforeReady(target.subject);
  if (!asksEngine(requirement)) return undefined;
  await blockers.lookAfter(target, session.stack);
  return blockers.of(target);
}

function timedOut(deadlineMs: number): Outcome {
  return {
    kind: 'broken',
    finding: {
      message: `No verdict within ${deadlineMs / 1000} s: the engine did not answer in that time.`,
      remedy: 'See the log of the service around that moment.',
      evidence: [],
    },
  };
}

/** A service that died under the check is one finding, of READY-03, and not one for every row that met it. */
async function goneMeanwhile(
  error: unknown,
  service: string,
  session: Session,
  blockers: Blockers,
): Promise<Outcome | undefined> {
  if (!(error instanceof TransportError) || !blockers.watches(service)) return undefined;
  const state = await session.stack.state(service);
  if (state.status === 'running' && state.restarts === 0) return undefined;
  return {
    kind: 'blocked',
    by: staysUpRow(service),
    why: `${service} was ${state.status} (exit code ${state.exitCode ?? 'unknown'}) when it was asked.`,
  };
}

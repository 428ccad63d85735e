import { TransportError } from '../../helpers/clients/http-errors.ts';
import type { ResultRow } from '../../schemas/results.ts';
import { clientOptionsFor } from '../access.ts';
import { startCapture } from '../capture.ts';
import type { Session } from '../session.ts';
import type { CheckContext, Outcome } from '../types.ts';
import { type Blockers, READY_ID, STAYS_UP_ID } from './blockers.ts';
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
  // Whether it is ready is asked of whatever could be started.
  const blocker = requirement.id === READY_ID ? blockers.missing(target.subject) : blockers.of(target);
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
      : ((await goneMeanwhile(error, target.service.name, session)) ?? outcomeOfError(error));
  }
  const row = resultRow(check, outcome, performance.now() - started, evidence.list());
  if (row.verdict === 'fail' && requirement.id === READY_ID) blockers.notReady(target.subject, row.message);
  return row;
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
async function goneMeanwhile(error: unknown, service: string, session: Session): Promise<Outcome | undefined> {
  if (!(error instanceof TransportError)) return undefined;
  const state = await session.stack.state(service);
  if (state.status === 'running' && state.restarts === 0) return undefined;
  const by = `${STAYS_UP_ID} ${service}`;
  return {
    kind: 'blocked',
    by,
    why: `${service} was ${state.status} (exit code ${state.exitCode ?? 'unknown'}) when it was asked.`,
  };
}

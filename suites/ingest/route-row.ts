import type { TelemetrySignal } from '../../helpers/telemetry/payload.ts';
import type { Expectation } from '../push/expectation.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { Outcome, Requirement, RowTarget } from '../types.ts';
import { absenceProvesNothing } from './delivered.ts';
import { routeTargets } from './routes-target.ts';

/** A MUST that is asked of every route of a signal once what was pushed is visible. */
export function routeRow(
  signal: TelemetrySignal,
  words: Pick<Requirement, 'id' | 'title' | 'because' | 'source'>,
  check: Requirement['check'],
): Requirement {
  return requirement({
    ...words,
    level: 'MUST',
    area: 'ingest',
    promise: `ingest.${signal}`,
    when: 'plain',
    after: 'settled',
    targets: (stack) => routeTargets(stack, signal),
    check,
  });
}

/**
 * The outcome where values are not compared: what may rightly be dropped and is not there, or what a gateway changes in
 * ways that are not computed, so that only arrival counts. Undefined: compare value for value.
 */
export function byArrival(
  expectation: Expectation,
  arrived: number,
  target: RowTarget,
  backend: string,
): Outcome | undefined {
  if (expectation.mayVanish && arrived === 0) return absenceProvesNothing(expectation.mayVanish);
  if (expectation.closeness !== 'identity') return undefined;
  if (arrived > 0) return kept(`seen to arrive; values not compared: ${expectation.why}`);
  return broken({
    message: `Nothing of what was sent to ${target.subject} by ${target.column} came out in ${backend}.`,
    remedy: `Look at the processors between ${target.subject} and ${backend}.`,
  });
}

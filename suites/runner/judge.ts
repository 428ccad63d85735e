import { DecodeError } from '../../helpers/clients/decode.ts';
import { HttpError, TransportError } from '../../helpers/clients/http-errors.ts';
import { DeadlineError } from '../../helpers/waiting/deadline.ts';
import type { ResultRow } from '../../schemas/results.ts';
import { BlockedError, broken } from '../requirement.ts';
import { type Outcome, verdictOf } from '../types.ts';
import type { PlannedCheck } from './plan.ts';

/**
 * What an exception out of a check means. An engine that refuses, times out or answers wrongly breaks a promise;
 * anything else is a fault of Telltale or the machine.
 */
export function outcomeOfError(error: unknown): Outcome {
  if (error instanceof BlockedError) {
    return {
      kind: 'blocked',
      by: error.by,
      why: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  }
  if (error instanceof HttpError || error instanceof TransportError) {
    return broken({ message: `${error.message}.`, remedy: 'See the log of the service around that moment.' });
  }
  if (error instanceof DecodeError) {
    return broken({
      message: `The answer cannot be read: ${error.message}.`,
      remedy: 'Check that this address is the engine itself and not something in front of it.',
    });
  }
  if (error instanceof DeadlineError) {
    return broken({ message: `${error.message}.`, remedy: 'See the log of the service around that moment.' });
  }
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    kind: 'error',
    why: `Telltale itself failed in this check: ${said}`,
    remedy: 'Report it with the command that you used; the other rows are not touched by it.',
  };
}

/** The row that the reporters get. */
export function resultRow(
  check: PlannedCheck,
  outcome: Outcome,
  durationMs: number,
  evidence: ResultRow['evidence'],
): ResultRow {
  const { requirement, target, row } = check;
  const promised = target?.promise?.says;
  const base = {
    ...row,
    source: requirement.source,
    verdict: verdictOf(outcome, requirement.level),
    durationMs: Math.round(durationMs),
    ...(promised === undefined ? {} : { promised }),
  };
  switch (outcome.kind) {
    case 'kept':
      return { ...base, message: outcome.note ?? '', evidence: [] };
    case 'broken': {
      const { message, remedy, expected, got } = outcome.finding;
      return {
        ...base,
        message,
        remedy,
        ...(expected === undefined ? {} : { expected }),
        ...(got === undefined ? {} : { got }),
        evidence: outcome.finding.evidence.length > 0 ? outcome.finding.evidence : evidence,
      };
    }
    case 'blocked':
      return {
        ...base,
        message: outcome.why,
        blockedBy: outcome.by,
        ...(outcome.remedy === undefined ? {} : { remedy: outcome.remedy }),
        evidence: [],
      };
    case 'unsupported':
      return { ...base, message: outcome.why, evidence: outcome.evidence };
    case 'not-applicable':
      return { ...base, message: outcome.why, evidence: [] };
    case 'error':
      return {
        ...base,
        message: outcome.why,
        ...(outcome.remedy === undefined ? {} : { remedy: outcome.remedy }),
        evidence: outcome.evidence ?? evidence,
      };
  }
}

import { redact, redactValues } from '../../helpers/evidence/redact.ts';
import type { Evidence, ResultRow, RunEvent } from '../../schemas/results.ts';

/**
 * An event as a report may show it. Evidence is redacted where it is captured; this is for the sentences, into which
 * checks put what engines said. Names (ids, subjects, columns) stay as they are: rows are told apart by them.
 */
export function redactEvent(event: RunEvent, secrets: readonly string[]): RunEvent {
  switch (event.type) {
    case 'row':
      return { ...event, row: redactRow(event.row, secrets) };
    case 'note':
    case 'progress':
      return { ...event, message: redact(event.message, secrets) };
    case 'run-finished':
      return event.message === undefined ? event : { ...event, message: redact(event.message, secrets) };
    default:
      return event;
  }
}

/** What engines said may be in these. */
const QUOTING = ['message', 'got'] as const;
const OWN_WORDS = ['remedy', 'promised', 'expected'] as const;

function redactRow(row: ResultRow, secrets: readonly string[]): ResultRow {
  const redacted = Object.fromEntries(
    [
      ...QUOTING.map((key) => [key, row[key] && redact(row[key], secrets)] as const),
      ...OWN_WORDS.map((key) => [key, row[key] && redactValues(row[key], secrets)] as const),
    ].filter(([, text]) => text !== undefined),
  );
  return { ...row, ...redacted, evidence: row.evidence.map((piece) => redactEvidence(piece, secrets)) };
}

function redactEvidence(piece: Evidence, secrets: readonly string[]): Evidence {
  return {
    ...piece,
    asked: redact(piece.asked, secrets),
    ...(piece.answer === undefined ? {} : { answer: redact(piece.answer, secrets) }),
  };
}

import type { Evidence } from '../schemas/results.ts';
import type { BrokenPromise, Outcome, Requirement } from './types.ts';

/** Declares a requirement; its id and sentences are held against the rules of the house when the registry loads. */
export function requirement(definition: Requirement): Requirement {
  return definition;
}

/** The promise is kept. */
export function kept(note?: string): Outcome {
  return note === undefined ? { kind: 'kept' } : { kind: 'kept', note };
}

/** The promise is broken: what is wrong, what was expected, what came back, what to do. */
export function broken(
  finding: Omit<BrokenPromise, 'evidence'> & { readonly evidence?: readonly Evidence[] },
): Outcome {
  return { kind: 'broken', finding: { evidence: [], ...finding } };
}

/** Thrown by anything a check calls when it cannot go on for another's reason; the runner makes the row `blocked`. */
export class BlockedError extends Error {
  override readonly name = 'BlockedError';
  /** The row or engine that caused it. */
  readonly by: string;
  readonly remedy: string | undefined;
  constructor(by: string, why: string, remedy?: string) {
    super(why);
    this.by = by;
    this.remedy = remedy;
  }
}

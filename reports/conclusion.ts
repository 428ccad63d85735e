import type { Results } from '../schemas/results.ts';

export interface ConclusionOptions {
  /** A SHOULD that is not kept counts like a MUST. */
  readonly strict?: boolean;
  /** A MUST that nothing could be said of does not count. */
  readonly allowBlocked?: boolean;
}

/** What a run comes to, in one word, one sentence, and the exit code of the contract (`docs`, Commands). */
export interface Conclusion {
  readonly kind: 'kept' | 'broken' | 'unproved' | 'interrupted';
  readonly exitCode: 0 | 1 | 3 | 130;
  readonly sentence: string;
}

/**
 * Judges a whole run. A broken promise (1) outweighs what Telltale could not do (3): it is known, whatever else is not.
 */
export function conclude(results: Results, options: ConclusionOptions = {}): Conclusion {
  const { summary, run } = results;
  const blockedMusts = results.results.filter((row) => row.verdict === 'blocked' && row.level === 'MUST').length;
  const proved = summary.pass + summary.fail + summary.warn;
  if (run.outcome === 'interrupted') {
    const found = summary.fail === 0 ? '' : `; ${count(summary.fail, 'row')} had failed by then`;
    return conclusion('interrupted', 130, `interrupted before every row had its verdict${found}`);
  }
  if (summary.fail > 0) {
    return conclusion('broken', 1, `${count(summary.fail, 'promise')} ${is(summary.fail)} not kept`);
  }
  if (options.strict === true && summary.warn > 0) {
    return conclusion(
      'broken',
      1,
      `--strict: ${count(summary.warn, 'recommendation')} ${is(summary.warn)} not followed`,
    );
  }
  if (summary.error > 0) {
    return conclusion('unproved', 3, `Telltale or this machine could not judge ${count(summary.error, 'row')} (error)`);
  }
  if (run.incomplete === true) {
    return conclusion('unproved', 3, 'the run ended before every row had its verdict');
  }
  if (proved === 0) return conclusion('unproved', 3, 'nothing was proved: no row came to a pass, fail or warn');
  if (blockedMusts > 0 && options.allowBlocked !== true) {
    return conclusion('unproved', 3, `nothing can be said of ${count(blockedMusts, 'MUST row')} (blocked)`);
  }
  const rest = [
    summary.warn > 0 ? `${count(summary.warn, 'recommendation')} not followed` : '',
    summary.blocked > 0 ? `${count(summary.blocked, 'row')} blocked` : '',
  ].filter((part) => part !== '');
  const kept = 'every MUST that applies and was asked is kept';
  return conclusion('kept', 0, rest.length === 0 ? kept : `${kept}; ${rest.join(', ')}`);
}

function conclusion(kind: Conclusion['kind'], exitCode: Conclusion['exitCode'], sentence: string): Conclusion {
  return { kind, exitCode, sentence };
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function is(n: number): string {
  return n === 1 ? 'is' : 'are';
}

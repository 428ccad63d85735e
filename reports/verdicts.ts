import type { Summary, Verdict } from '../schemas/results.ts';

export type Tone = 'good' | 'bad' | 'caution' | 'trouble' | 'quiet';

export interface VerdictStyle {
  /** One column wide; told apart without colour. */
  readonly symbol: string;
  readonly ascii: string;
  /** As in headlines and legends. */
  readonly word: string;
  readonly tone: Tone;
  /** The count's name in the summary. */
  readonly count: keyof Summary;
}

export const STYLES: Readonly<Record<Verdict, VerdictStyle>> = {
  pass: { symbol: '✓', ascii: '+', word: 'pass', tone: 'good', count: 'pass' },
  fail: { symbol: '✗', ascii: 'X', word: 'FAIL', tone: 'bad', count: 'fail' },
  warn: { symbol: '!', ascii: '!', word: 'warn', tone: 'caution', count: 'warn' },
  error: { symbol: 'E', ascii: 'E', word: 'error', tone: 'trouble', count: 'error' },
  blocked: { symbol: '⊘', ascii: 'B', word: 'blocked', tone: 'caution', count: 'blocked' },
  unsupported: { symbol: '–', ascii: '-', word: 'unsupported', tone: 'quiet', count: 'unsupported' },
  'not-applicable': { symbol: '·', ascii: '.', word: 'n/a', tone: 'quiet', count: 'notApplicable' },
  'not-run': { symbol: '…', ascii: '~', word: 'not run', tone: 'quiet', count: 'notRun' },
};

/** In the order in which they ask for attention. */
export const BY_URGENCY: readonly Verdict[] = [
  'fail',
  'error',
  'warn',
  'blocked',
  'not-run',
  'unsupported',
  'not-applicable',
  'pass',
];

/** Those that are printed in full; the others are seen in the matrix. */
export const IN_FULL: readonly Verdict[] = ['fail', 'error', 'warn', 'blocked'];

export function totalOf(summary: Summary): number {
  return Object.values(summary).reduce((sum: number, n: number) => sum + n, 0);
}

import type { Results } from '../schemas/results.ts';
import { validateBlockedChains } from './blocked-chains.ts';
import { nameOf } from './identity.ts';

/**
 * What a run's results owe their reader, beyond their shape: every verdict but `pass` says why, and every chain of
 * blocked rows ends in a cause. One sentence for each breach; a breach is a fault of a suite.
 */
export function validateResults(results: Results): string[] {
  const silent = results.results
    .filter((row) => row.verdict !== 'pass' && row.message.trim() === '')
    .map((row) => `${nameOf(row)} is ${row.verdict} and does not say why`);
  return [...silent, ...validateBlockedChains(results)];
}

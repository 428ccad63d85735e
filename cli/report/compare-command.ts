import {
  type CompareOptions,
  type Comparison,
  compareResults,
  createPalette,
  renderComparison,
  wishesOf,
} from '../../reports/index.ts';
import type { Results } from '../../schemas/results.ts';
import { EXIT } from '../exit-codes.ts';
import { readResults } from './read-results.ts';

/** Compares two runs; exit 1 where the newer one may not pass. @throws InputError where a file cannot be read. */
export async function compareCommand(
  before: string,
  after: string,
  options: CompareOptions & { readonly json: boolean },
): Promise<number> {
  const comparison = compareResults(readResults(before), readResults(after), options);
  if (options.json) process.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else showComparison(comparison);
  return comparison.gate.open ? EXIT.ok : EXIT.failed;
}

/** With `--baseline`: the run that just ended against an older one. */
export function compareWithBaseline(baseline: Results, results: Results, options: CompareOptions): Comparison {
  const comparison = compareResults(baseline, results, options);
  showComparison(comparison);
  return comparison;
}

function showComparison(comparison: Comparison): void {
  const tty = process.stdout.isTTY === true;
  const palette = createPalette({ columns: process.stdout.columns ?? 80, ...wishesOf(process.env, tty) });
  process.stdout.write(`${renderComparison(comparison, palette).join('\n')}\n`);
}

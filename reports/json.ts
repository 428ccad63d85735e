import type { Results } from '../schemas/results.ts';

/** `results.json`: readable by people too, one row a paragraph. */
export function renderJson(results: Results): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

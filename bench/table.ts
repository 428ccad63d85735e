import { CHECK_GOAL_MS, type CheckFigure } from './check-time.ts';
import type { Comparison } from './compare.ts';
import { MEMORY_LIMIT_MIB, type MemoryFigure } from './memory.ts';
import type { SenderFigure } from './senders.ts';

const QUERY_GOAL = 1.5;

export interface Report {
  readonly queries: readonly Comparison[];
  readonly senders: readonly SenderFigure[];
  readonly memory: MemoryFigure;
  readonly check: CheckFigure;
}

/** The figures as small tables. */
export function printReport({ queries, senders, memory, check }: Report): void {
  console.log('\nQuery assertions (request, decode, compare; 16 in parallel) against a bare HTTP loop');
  printRows([
    ['', 'ours/s', 'bare/s', 'ratio', 'CPU µs', 'bare µs', 'CPU ratio', `goal ≤ ${QUERY_GOAL}`],
    ...queries.map((one) => [
      one.name,
      whole(one.assertionsPerSecond),
      whole(one.barePerSecond),
      one.ratio.toFixed(2),
      whole(one.cpuMicros),
      whole(one.bareCpuMicros),
      one.cpuRatio.toFixed(2),
      verdict(one.ratio <= QUERY_GOAL),
    ]),
  ]);
  console.log('\nEncoded and pushed, one request after the other');
  printRows([
    ['sender', 'signal', 'to', 'items', 'items/s', 'CPU µs/item'],
    ...senders.map((one) => [
      one.sender,
      one.signal,
      one.to,
      whole(one.items),
      whole(one.perSecond),
      one.cpuMicros.toFixed(1),
    ]),
  ]);
  const { traces, spans, lines, peakMiB, startMiB, seconds } = memory;
  console.log(
    `\nMemory  ${whole(peakMiB)} MiB at most (${whole(startMiB)} at the start), ${whole(traces)} traces = ${whole(spans)} spans and ${whole(lines)} lines in ${seconds.toFixed(1)} s; limit ${MEMORY_LIMIT_MIB} MiB: ${verdict(peakMiB <= MEMORY_LIMIT_MIB)}`,
  );
  console.log(
    `Check   ${whole(check.ms)} ms for \`telltale check stack/otelcol\` (exit ${check.exitCode}), ${check.ratio.toFixed(1)} × a bare node of ${whole(check.nodeMs)} ms; goal ≤ ${CHECK_GOAL_MS} ms: ${verdict(check.ms <= CHECK_GOAL_MS)}`,
  );
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : 'missed';
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Texts to the left, figures to the right. */
function printRows(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number): boolean => rows.slice(1).some((row) => /^[A-Za-z]/.test(row[column] ?? ''));
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isText(column) ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}

import type { LogLine } from '../types.ts';

/** Enough for the evidence around any moment of a run; an engine at debug level must not fill the memory. */
const KEPT_LINES = 20_000;

/** The last lines that a process wrote, split as they come. */
export class LogBuffer {
  readonly #lines: LogLine[] = [];
  readonly #partial = { stdout: '', stderr: '' };

  append(stream: 'stdout' | 'stderr', chunk: string): void {
    const pieces = (this.#partial[stream] + chunk).split('\n');
    this.#partial[stream] = pieces.pop() ?? '';
    const at = Date.now();
    for (const text of pieces) this.#lines.push({ at, stream, text });
    if (this.#lines.length > KEPT_LINES) this.#lines.splice(0, this.#lines.length - KEPT_LINES);
  }

  lines(options: { readonly sinceMs?: number; readonly tail?: number } = {}): readonly LogLine[] {
    const pending = (['stdout', 'stderr'] as const)
      .filter((stream) => this.#partial[stream] !== '')
      .map((stream) => ({ at: Date.now(), stream, text: this.#partial[stream] }));
    let lines = [...this.#lines, ...pending];
    const { sinceMs, tail } = options;
    if (sinceMs !== undefined) lines = lines.filter((line) => line.at >= sinceMs);
    return tail === undefined ? lines : lines.slice(-tail);
  }
}

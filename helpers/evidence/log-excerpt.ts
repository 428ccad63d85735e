import type { Evidence } from '../../schemas/results.ts';
import type { LogLine } from '../../stack/drivers/types.ts';
import { cut } from './cut.ts';
import { redact } from './redact.ts';

export interface ExcerptOptions {
  readonly service: string;
  /** Milliseconds since the epoch: the moment in question. */
  readonly aroundMs: number;
  /** How far around; 5 s before and 2 s after unless set. */
  readonly beforeMs?: number;
  readonly afterMs?: number;
  /** Most lines kept; 30 unless set. Lines that speak of trouble go first. */
  readonly limit?: number;
  readonly secrets?: readonly string[];
}

const TROUBLE = /\b(error|err|warn|warning|fatal|panic|fail(ed|ure)?|refused|denied|invalid|level=(error|warn))\b/i;

/**
 * What a service logged around a moment, as evidence; undefined where it logged nothing then. With more lines than fit,
 * those that speak of trouble are kept before the others, in their order.
 */
export function logExcerpt(lines: readonly LogLine[], options: ExcerptOptions): Evidence | undefined {
  const { service, aroundMs, beforeMs = 5000, afterMs = 2000, limit = 30, secrets = [] } = options;
  const near = lines.filter(({ at }) => at >= aroundMs - beforeMs && at <= aroundMs + afterMs);
  if (near.length === 0) return undefined;
  const kept = new Set([...near.filter(({ text }) => TROUBLE.test(text)), ...near].slice(0, limit));
  const shown = near.filter((line) => kept.has(line));
  const omitted = near.length - shown.length;
  const text = shown.map((line) => line.text).join('\n');
  return {
    kind: 'log',
    asked: `the log of ${service}, ${beforeMs / 1000} s before to ${afterMs / 1000} s after ${new Date(aroundMs).toISOString()}${omitted > 0 ? ` (${omitted} lines left out)` : ''}`,
    answer: cut(redact(text, secrets)),
    at: new Date(aroundMs).toISOString(),
  };
}

/**
 * The shapes that travel from the runner to the reporters, and into `events.ndjson` and `results.json`.
 * The JSON Schemas beside this file say the same for readers in other languages. This folder depends on nothing,
 * so that suites and reports need not know each other.
 */

/** See `docs/design` vocabulary: what each verdict means is a contract. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'error' | 'not-applicable' | 'unsupported' | 'blocked' | 'not-run';

export const VERDICTS: readonly Verdict[] = [
  'pass',
  'fail',
  'warn',
  'error',
  'blocked',
  'unsupported',
  'not-applicable',
  'not-run',
];

/** Requirement levels as in RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** The triple that is unique in a run; compare and gate go by it. */
export interface RowKey {
  readonly id: string;
  readonly subject: string;
  /** The protocol, route or version; empty where a requirement has one column only. */
  readonly column: string;
}

export function rowKeyOf(row: RowKey): string {
  return `${row.id} ${row.subject} ${row.column}`;
}

/** What was asked, what came back, and what the engine said meanwhile. Redacted before it gets here. */
export interface Evidence {
  readonly kind: 'http' | 'grpc' | 'log' | 'state' | 'file' | 'command';
  /** A curl line for HTTP, a file position, a command. */
  readonly asked: string;
  readonly status?: number | string;
  /** Cut to a readable size. */
  readonly answer?: string;
  /** ISO 8601. */
  readonly at?: string;
}

export interface ResultRow extends RowKey {
  readonly area: string;
  readonly level: Level;
  readonly title: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  /** One or more sentences; empty only for `pass`. */
  readonly message: string;
  readonly remedy?: string;
  readonly because: string;
  readonly source?: string;
  /** What was promised, by whom and where. */
  readonly promised?: string;
  readonly expected?: string;
  readonly got?: string;
  /** For `blocked`: the row or engine that caused it. */
  readonly blockedBy?: string;
  readonly evidence: readonly Evidence[];
}

export interface EngineRow {
  readonly service: string;
  readonly engine: string;
  /** The version that ran; the version asked for where none ran. */
  readonly version: string;
  readonly role: string;
  /** `cache`, `PATH`, `image …`, `explicit path …`, `missing`. */
  readonly source: string;
  /** Present where the version that ran is not the one that the stack names. */
  readonly asked?: string;
}

export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly warn: number;
  readonly error: number;
  readonly notApplicable: number;
  readonly unsupported: number;
  readonly blocked: number;
  readonly notRun: number;
}

export interface RunInfo {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Time that the engines themselves impose: ready, then push to visible. */
  readonly criticalPathMs: number;
  readonly command: string;
  readonly driver: string;
  readonly stack: string;
  readonly seed: number;
  /** Telltale's own version. */
  readonly telltale: string;
  /** True: ended before every row had its verdict (Ctrl-C, crash). */
  readonly incomplete?: boolean;
  /** How it ended; `crashed`: no event says that it did. Written by `reports/model.ts`. */
  readonly outcome?: 'completed' | 'interrupted' | 'failed' | 'crashed';
}

export interface Results {
  readonly schemaVersion: 1;
  readonly run: RunInfo;
  readonly engines: readonly EngineRow[];
  /** What this run cannot show, and what was done otherwise than asked, as sentences. */
  readonly notes: readonly string[];
  readonly summary: Summary;
  readonly results: readonly ResultRow[];
}

/** What happens in a run, in order; one JSON object a line in `events.ndjson`. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly at: string;
      readonly run: Omit<RunInfo, 'durationMs' | 'criticalPathMs' | 'outcome'>;
    }
  | { readonly type: 'phase-started'; readonly at: string; readonly phase: Phase; readonly title: string }
  | { readonly type: 'phase-finished'; readonly at: string; readonly phase: Phase; readonly durationMs: number }
  /** A line of progress inside a phase: `prometheus ready after 0.4 s`. */
  | { readonly type: 'progress'; readonly at: string; readonly phase: Phase; readonly message: string }
  /** Something a reader of the report must know: a substituted version, a limit of the driver. */
  | { readonly type: 'note'; readonly at: string; readonly message: string }
  | { readonly type: 'engine'; readonly at: string; readonly engine: EngineRow }
  | { readonly type: 'rows-planned'; readonly at: string; readonly rows: readonly PlannedRow[] }
  | { readonly type: 'row'; readonly at: string; readonly row: ResultRow }
  | {
      readonly type: 'run-finished';
      readonly at: string;
      readonly durationMs: number;
      readonly criticalPathMs: number;
      readonly outcome: 'completed' | 'interrupted' | 'failed';
      readonly message?: string;
    };

export type Phase = 'read' | 'engines' | 'start' | 'push' | 'settle' | 'check' | 'stop';

export interface PlannedRow extends RowKey {
  readonly area: string;
  readonly level: Level;
  readonly title: string;
  readonly because: string;
}

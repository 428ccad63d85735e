import type { Labels, QueryResult } from './prometheus-types.ts';

/** One log line. */
export interface LogEntry {
  /** Nanoseconds since the epoch. */
  readonly timeNs: bigint;
  readonly line: string;
  readonly structuredMetadata: Labels;
  /** Labels that a parser in the query extracted. */
  readonly parsed: Labels;
}

/** One stream, with its stream labels only: structured metadata stays with the entries. */
export interface LogStream {
  readonly labels: Labels;
  /** In the order of the answer. */
  readonly entries: readonly LogEntry[];
}

export interface StreamsResult {
  readonly type: 'streams';
  readonly rows: readonly LogStream[];
  /** False where an older Loki does not categorise labels: structured metadata is then among the stream labels. */
  readonly categorized: boolean;
}

/** https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-at-a-single-point-in-time */
export interface LokiAnswer {
  readonly result: StreamsResult | QueryResult;
  readonly warnings: readonly string[];
}

export interface IndexStats {
  readonly streams: number;
  readonly chunks: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface LogPattern {
  readonly pattern: string;
  readonly samples: readonly { readonly timeMs: number; readonly count: number }[];
}

export interface DetectedField {
  readonly label: string;
  readonly type: string;
  readonly cardinality: number;
  readonly parsers: readonly string[];
}

export interface DeleteRequest {
  readonly requestId: string;
  readonly query: string;
  readonly status: string;
  /** Seconds since the epoch. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface RingMember {
  readonly id: string;
  readonly state: string;
  readonly address: string;
}

export type Labels = Readonly<Record<string, string>>;

/** Milliseconds since the epoch, a float or a native histogram. */
export interface Point {
  readonly timeMs: number;
  readonly value: PointValue;
}

export type PointValue = number | NativeHistogram;

/** https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms */
export interface NativeHistogram {
  readonly count: number;
  readonly sum: number;
  readonly buckets: readonly NativeBucket[];
}

export interface NativeBucket {
  readonly boundaries: 'open-left' | 'open-right' | 'open-both' | 'closed-both';
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

export interface VectorRow extends Point {
  readonly labels: Labels;
}

export interface MatrixRow {
  readonly labels: Labels;
  /** By time; floats and histograms of one series together. */
  readonly points: readonly Point[];
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export type QueryResult =
  | { readonly type: 'vector'; readonly rows: readonly VectorRow[] }
  | { readonly type: 'matrix'; readonly rows: readonly MatrixRow[] }
  | { readonly type: 'scalar'; readonly timeMs: number; readonly value: number }
  | { readonly type: 'string'; readonly timeMs: number; readonly text: string };

export interface QueryAnswer {
  readonly result: QueryResult;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

export interface MetadataEntry {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

export interface ActiveTarget {
  readonly labels: Labels;
  readonly discoveredLabels: Labels;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
  /** RFC 3339. */
  readonly lastScrape: string;
  readonly lastScrapeSeconds: number;
  readonly scrapeInterval: string;
  readonly scrapeTimeout: string;
}

export interface Targets {
  readonly active: readonly ActiveTarget[];
  readonly dropped: readonly Labels[];
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly intervalSeconds: number;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly kind: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly labels: Labels;
  /** `ok`, `err`, `unknown`. */
  readonly health: string;
  readonly lastError: string;
  /** Alerting rules: `inactive`, `pending`, `firing`. */
  readonly state?: string;
  readonly durationSeconds?: number;
  readonly annotations?: Labels;
  readonly alerts?: readonly ActiveAlert[];
}

export interface ActiveAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: string;
  /** RFC 3339. */
  readonly activeAt: string;
  readonly value: number;
}

export interface ExemplarSeries {
  readonly labels: Labels;
  readonly exemplars: readonly { readonly labels: Labels; readonly value: number; readonly timeMs: number }[];
}

export interface RuntimeInfo {
  /** RFC 3339. */
  readonly startTime: string;
  /** `15d`, `1GiB`, `15d or 1GiB`. */
  readonly storageRetention: string;
  readonly reloadConfigSuccess: boolean;
  readonly corruptionCount: number;
}

export interface BuildInfo {
  readonly version: string;
  readonly revision: string;
}

export interface TsdbStatus {
  readonly numSeries: number;
  readonly minTimeMs: number;
  readonly maxTimeMs: number;
  readonly seriesCountByMetricName: readonly { readonly name: string; readonly value: number }[];
}

export interface AlertmanagerDiscovery {
  readonly active: readonly string[];
  readonly dropped: readonly string[];
}

import { atLeast, isNewerMinor } from '../shared/versions.ts';
import { PROMETHEUS_TABLE_VERSION } from './keys-3-16.ts';

/** Flags of Prometheus 3.16 without a value, hidden ones included. */
const BOOLEAN = new Set(
  `help h version config.auto-reload auto-gomaxprocs auto-gomemlimit web.enable-lifecycle web.enable-admin-api
  web.enable-remote-write-receiver web.enable-otlp-receiver storage.tsdb.no-lockfile
  storage.tsdb.allow-overlapping-compaction storage.tsdb.wal-compression storage.agent.wal-compression
  storage.agent.checkpoint-from-in-memory-series storage.agent.no-lockfile scrape.adjust-timestamps
  alertmanager.drain-notification-queue-on-shutdown agent write-documentation
  storage.tsdb.allow-overlapping-blocks`.split(/\s+/),
);

/** Flags of Prometheus 3.16 with a value, hidden ones included. */
const VALUED = new Set(
  `config.file config.auto-reload-interval web.listen-address auto-gomemlimit.ratio auto-gomemlimit.refresh-interval
  web.config.file web.read-timeout web.max-connections web.max-notifications-subscribers web.external-url
  web.route-prefix web.user-assets web.remote-write-receiver.accepted-protobuf-messages web.console.templates
  web.console.libraries web.page-title web.cors.origin storage.tsdb.path storage.tsdb.min-block-duration
  storage.tsdb.max-block-duration storage.tsdb.max-block-chunk-segment-size storage.tsdb.wal-segment-size
  storage.tsdb.retention.time storage.tsdb.retention.size storage.tsdb.wal-compression-type
  storage.tsdb.head-chunks-write-queue-size storage.tsdb.samples-per-chunk
  storage.tsdb.delayed-compaction.max-percent storage.tsdb.delay-compact-file.path storage.tsdb.block-reload-interval
  storage.agent.path storage.agent.wal-segment-size storage.agent.wal-compression-type
  storage.agent.wal-truncate-frequency storage.agent.retention.min-time storage.agent.retention.max-time
  storage.agent.checkpoint-batch-size storage.remote.flush-deadline storage.remote.read-sample-limit
  storage.remote.read-concurrent-limit storage.remote.read-max-bytes-in-frame web.search.max-limit
  rules.alert.for-outage-tolerance rules.alert.for-grace-period rules.alert.resend-delay rules.max-concurrent-evals
  scrape.timestamp-tolerance alertmanager.notification-queue-capacity alertmanager.notification-batch-size
  query.lookback-delta query.timeout query.max-concurrency query.max-samples scrape.discovery-reload-interval
  enable-feature log.level log.format`.split(/\s+/),
);

interface Removal {
  readonly since: string;
  readonly remedy: string;
}

/** Flags that a 3.x Prometheus refuses. */
const REMOVED: Readonly<Record<string, Removal>> = {
  'storage.tsdb.retention': { since: '3.0', remedy: 'Use --storage.tsdb.retention.time.' },
  'storage.tsdb.allow-overlapping-blocks': { since: '3.0', remedy: 'Remove it: overlapping blocks are always taken.' },
  'alertmanager.timeout': { since: '3.0', remedy: 'Remove it; the timeout stands in the alertmanagers section.' },
};

/** The first version that knows a flag, where stacks of older versions are likely to meet it. */
const ADDED: Readonly<Record<string, string>> = {
  'web.enable-otlp-receiver': '3.0',
  'web.enable-remote-write-receiver': '2.33',
  'auto-gomaxprocs': '3.0',
  'auto-gomemlimit': '3.0',
  agent: '3.0',
};

export function isBooleanFlag(name: string): boolean {
  return BOOLEAN.has(name);
}

export function knownFlags(): readonly string[] {
  return [...BOOLEAN, ...VALUED];
}

export type FlagFault = {
  readonly kind: 'removed' | 'too-new' | 'unknown';
  readonly why: string;
  readonly remedy?: string;
};

/** Why a Prometheus of this version refuses a flag, or undefined where it takes it. */
export function flagFault(name: string, version: string): FlagFault | undefined {
  const removed = REMOVED[name];
  if (removed !== undefined) {
    if (!atLeast(version, removed.since)) return undefined;
    return { kind: 'removed', why: `was removed in Prometheus ${removed.since}`, remedy: removed.remedy };
  }
  const added = ADDED[name];
  if (added !== undefined && !atLeast(version, added)) {
    return { kind: 'too-new', why: `exists since Prometheus ${added}, and this is ${version}` };
  }
  if (BOOLEAN.has(name) || VALUED.has(name) || isNewerMinor(version, PROMETHEUS_TABLE_VERSION)) return undefined;
  if (!atLeast(version, '3.0')) return undefined;
  return { kind: 'unknown', why: 'is none of its flags' };
}

/** Feature names that turned into something else; 3.x ignores them with a warning. */
export const FORMER_FEATURES: Readonly<Record<string, Removal>> = {
  'otlp-write-receiver': { since: '3.0', remedy: 'Use the flag --web.enable-otlp-receiver.' },
  'remote-write-receiver': { since: '3.0', remedy: 'Use the flag --web.enable-remote-write-receiver.' },
  agent: { since: '3.0', remedy: 'Use the flag --agent.' },
  'promql-at-modifier': { since: '3.0', remedy: 'Remove it: the modifier is always on.' },
  'promql-negative-offset': { since: '3.0', remedy: 'Remove it: negative offsets are always on.' },
  'expand-external-labels': { since: '3.0', remedy: 'Remove it: external labels are always expanded.' },
  'utf8-names': { since: '3.0', remedy: 'Remove it: UTF-8 names are always on.' },
  'new-service-discovery-manager': { since: '3.0', remedy: 'Remove it: it is always on.' },
  'no-default-scrape-port': { since: '3.0', remedy: 'Remove it: ports are never added.' },
  'auto-gomaxprocs': { since: '3.0', remedy: 'Remove it: it is on by default.' },
  'auto-gomemlimit': { since: '3.0', remedy: 'Remove it: it is on by default.' },
};

/** Names that `--enable-feature` takes or has taken; others are ignored with a warning. */
export const FEATURES = new Set(
  `concurrent-rule-eval created-timestamp-zero-ingestion delayed-compaction exemplar-storage extra-scrape-metrics
  histograms-st-encoding memory-snapshot-on-shutdown metadata-wal-records old-ui openmetrics2 otlp-deltatocumulative
  otlp-native-delta-ingestion promql-binop-fill-modifiers promql-delayed-name-removal promql-experimental-functions
  promql-per-step-stats promql-unquoted-utf8-names query-cost search-api st-storage st-synthesis
  type-and-unit-labels use-start-timestamps use-uncached-io xor2-encoding zstd-scrape auto-reload-config
  promql-duration-expr native-histograms ooo-native-histograms promql-extended-range-selectors fast-startup
  ${Object.keys(FORMER_FEATURES).join(' ')}`.split(/\s+/),
);

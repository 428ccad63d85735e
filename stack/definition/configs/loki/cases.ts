/** Configurations whose fate is known, for the quick test and for the one on the real Loki. */
export interface LokiCase {
  readonly title: string;
  readonly yaml: string;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Ids of the errors that are expected; empty for a healthy one. */
  readonly errors: readonly string[];
  /** Seen only when Loki really starts, not by `-verify-config`. */
  readonly runtimeOnly?: boolean;
}

interface Parts {
  readonly top?: string;
  readonly common?: string;
  readonly filesystem?: string;
  readonly schema?: string;
  readonly limits?: string;
}

const SCHEMA =
  '{from: 2024-01-01, store: tsdb, object_store: filesystem, schema: v13, index: {prefix: index_, period: 24h}}';

function base(parts: Parts): string {
  return `auth_enabled: false
server: {http_listen_port: 3100}
common:
  path_prefix: /tmp/telltale-loki
  ${parts.common ?? 'replication_factor: 1\n  ring: {kvstore: {store: inmemory}}'}
  storage: {filesystem: {${parts.filesystem ?? 'chunks_directory: /tmp/telltale-loki/chunks, rules_directory: /tmp/telltale-loki/rules'}}}
schema_config:
  configs: [${parts.schema ?? SCHEMA}]
limits_config: {${parts.limits ?? ''}}
${parts.top ?? ''}
`;
}

const variable = (body: string): string => `$\{${body}}`;

export const LOKI_CASES: readonly LokiCase[] = [
  { title: 'a small healthy one', yaml: base({}), errors: [] },
  {
    title: 'retention with all that it needs',
    yaml: base({
      limits: 'retention_period: 31d, retention_stream: [{selector: \'{a="b"}\', priority: 1, period: 24h}]',
      top: 'compactor: {retention_enabled: true, delete_request_store: filesystem, compaction_interval: 10m}',
    }),
    errors: [],
  },
  { title: 'retention without an enabler', yaml: base({ limits: 'retention_period: 744h' }), errors: [] },
  {
    title: 'many limits',
    yaml: base({
      limits:
        'ingestion_rate_mb: 8, ingestion_burst_size_mb: 16, per_stream_rate_limit: 5MB, max_line_size: 100kb, reject_old_samples: true, reject_old_samples_max_age: 1w, max_query_length: 30d1h, max_entries_limit_per_query: 10000, volume_enabled: no, otlp_config: {resource_attributes: {attributes_config: [{action: index_label, attributes: [a]}]}}',
    }),
    errors: [],
  },
  {
    title: 'flags over the file',
    yaml: base({}),
    flags: [
      '-server.http-listen-port=3200',
      '-validation.max-label-names-per-series',
      '7',
      '-querier.max-query-series=9',
    ],
    errors: [],
  },
  {
    title: 'variables',
    yaml: base({ limits: `retention_period: ${variable('KEEP:-72h')}, max_line_size: ${variable('LINE')}` }),
    flags: ['-config.expand-env=true'],
    environment: { LINE: '64KB' },
    errors: [],
  },
  {
    title: 'an unclosed variable',
    yaml: base({ top: `# ${variable('A').slice(0, -1)}` }),
    flags: ['-config.expand-env=true'],
    errors: ['CONFIG-EXPANSION'],
  },
  {
    title: 'two periods',
    yaml: base({ schema: `${SCHEMA.replace('v13', 'v12').replace('2024-01-01', '2023-01-01')}, ${SCHEMA}` }),
    errors: [],
  },
  { title: 'anchors and yes/no', yaml: base({ top: 'analytics: {reporting_enabled: off}' }), errors: [] },
  {
    title: 'memberlist instead of a ring store',
    yaml: base({ common: 'replication_factor: 1', top: 'memberlist: {join_members: [localhost]}' }),
    errors: [],
  },
  { title: 'an empty section', yaml: base({ top: 'ruler:\n' }), errors: ['LOKI-EMPTY-SECTION'] },
  { title: 'an empty section that hardly matters', yaml: base({ top: 'table_manager:\n' }), errors: [] },
  {
    title: 'tsdb without path prefix, paths of its own',
    yaml: base({
      top: 'storage_config: {tsdb_shipper: {active_index_directory: /tmp/i, cache_location: /tmp/c}, filesystem: {directory: /tmp/f}}',
    }).replace(/ {2}path_prefix.*\n/, ''),
    errors: [],
  },

  { title: 'an unknown key at the top', yaml: base({ top: 'bogus: 1' }), errors: ['CONFIG-UNKNOWN-KEY'] },
  { title: 'an unknown limit', yaml: base({ limits: 'retention_perod: 1d' }), errors: ['CONFIG-UNKNOWN-KEY'] },
  {
    title: 'an unknown key of a period',
    yaml: base({ schema: SCHEMA.replace('schema:', 'shema: v13, schema:') }),
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'shared_store of the compactor',
    yaml: base({ top: 'compactor: {shared_store: filesystem}' }),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  {
    title: 'shared_store of the shipper',
    yaml: base({ top: 'storage_config: {tsdb_shipper: {shared_store: filesystem}}' }),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  {
    title: 'max_look_back_period',
    yaml: base({ top: 'chunk_store_config: {max_look_back_period: 0s}' }),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  {
    title: 'enforce_metric_name',
    yaml: base({ limits: 'enforce_metric_name: false' }),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  {
    title: 'max_transfer_retries',
    yaml: base({ top: 'ingester: {max_transfer_retries: 0}' }),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  {
    title: 'a fifo cache',
    yaml: base({ top: 'query_range: {results_cache: {cache: {enable_fifocache: true}}}' }),
    errors: ['CONFIG-REMOVED-KEY'],
  },
  { title: 'a quoted port', yaml: base({}).replace('3100', '"3100"'), errors: ['CONFIG-VALUE'] },
  {
    title: 'a quoted boolean',
    yaml: base({}).replace('auth_enabled: false', 'auth_enabled: "false"'),
    errors: ['CONFIG-VALUE'],
  },
  {
    title: 'days where Go counts',
    yaml: base({ top: 'compactor: {compaction_interval: 1d}' }),
    errors: ['CONFIG-VALUE'],
  },
  { title: 'a unit that is none', yaml: base({ limits: 'retention_period: 30x' }), errors: ['CONFIG-VALUE'] },
  { title: 'a fraction of a limit', yaml: base({ limits: 'retention_period: 1.5h' }), errors: ['CONFIG-VALUE'] },
  { title: 'kibibytes', yaml: base({ limits: 'max_line_size: 256KiB' }), errors: ['CONFIG-VALUE'] },
  {
    title: 'a list where keys must be',
    yaml: base({}).replace('limits_config: {}', 'limits_config: [a]'),
    errors: ['CONFIG-VALUE'],
  },
  { title: 'an unknown flag', yaml: base({}), flags: ['-server.http-port=3100'], errors: ['CONFIG-FLAG'] },
  {
    title: 'no delete request store',
    yaml: base({ top: 'compactor: {retention_enabled: true}' }),
    errors: ['LOKI-DELETE-STORE'],
  },
  {
    title: 'a stream retention under a day',
    yaml: base({ limits: 'retention_stream: [{selector: \'{a="b"}\', priority: 1, period: 1h}]' }),
    errors: ['LOKI-RETENTION-SHORT'],
  },
  { title: 'a deletion mode that is none', yaml: base({ limits: 'deletion_mode: foo' }), errors: ['CONFIG-VALUE'] },
  {
    title: 'schema v12',
    yaml: base({ schema: SCHEMA.replace('v13', 'v12') }),
    errors: ['LOKI-SCHEMA-STRUCTURED-METADATA'],
  },
  {
    title: 'boltdb-shipper',
    yaml: base({ schema: SCHEMA.replace('tsdb', 'boltdb-shipper') }),
    errors: ['LOKI-SCHEMA-STRUCTURED-METADATA'],
  },
  {
    title: 'schema v12 without structured metadata',
    yaml: base({ schema: SCHEMA.replace('v13', 'v12'), limits: 'allow_structured_metadata: false' }),
    errors: [],
  },
  { title: 'an index of a week', yaml: base({ schema: SCHEMA.replace('24h', '168h') }), errors: ['LOKI-SCHEMA'] },
  {
    title: 'periods out of order',
    yaml: base({ schema: `${SCHEMA}, ${SCHEMA.replace('2024', '2023')}` }),
    errors: ['LOKI-SCHEMA'],
  },
  { title: 'no schema', yaml: base({}).replace(/schema_config:\n.*\n/, ''), errors: ['LOKI-SCHEMA'] },
  {
    title: 'nowhere to put the index',
    yaml: base({}).replace(/ {2}path_prefix.*\n/, ''),
    errors: ['LOKI-DIRECTORY', 'LOKI-DIRECTORY'],
  },
  {
    title: 'a replication factor of three',
    yaml: base({ common: 'ring: {kvstore: {store: inmemory}}' }),
    errors: ['LOKI-REPLICATION'],
    runtimeOnly: true,
  },
  { title: 'no ring', yaml: base({ common: 'replication_factor: 1' }), errors: ['LOKI-RING'], runtimeOnly: true },
  {
    title: 'no rules directory',
    yaml: base({ filesystem: 'chunks_directory: /tmp/telltale-loki/chunks' }),
    errors: ['LOKI-RULES-DIRECTORY'],
    runtimeOnly: true,
  },
  {
    title: 'no rules directory, but no ruler',
    yaml: base({ filesystem: 'chunks_directory: /tmp/telltale-loki/chunks' }),
    flags: ['-target=write'],
    errors: [],
  },
];

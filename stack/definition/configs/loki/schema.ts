import { type ConfigNode, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import type { FindingList } from '../shared/findings.ts';
import { atLeast } from '../shared/versions.ts';
import type { LokiConfig } from './config.ts';

const DAY = 86_400_000;

/**
 * What Loki checks at its start beyond keys and types: the schema periods, what structured metadata and retention need,
 * directories, the ring.
 *
 * @see https://grafana.com/docs/loki/latest/operations/storage/schema/
 */
export function reportSchema(config: LokiConfig, version: string, findings: FindingList): void {
  if (config.root === undefined) return;
  const periods = itemsOf(config.node('schema_config.configs'));
  if (periods.length === 0) {
    findings.error(
      'LOKI-SCHEMA',
      config.place('schema_config'),
      'The configuration has no schema period, and Loki refuses to start.',
      'Add schema_config.configs with from, store, object_store, schema and index.',
    );
    return;
  }
  reportPeriods(periods, findings);
  const now = Date.now();
  const first = Math.min(...periods.map(fromOf));
  if (first > now) {
    const period = periods.find((one) => fromOf(one) === first);
    findings.error(
      'LOKI-SCHEMA-FUTURE',
      nodeAt(period, 'from')?.at ?? period?.at,
      `The first schema period begins on ${textAt(period, 'from')}: until then Loki is ready and refuses every push with "no schema config found".`,
      'Begin the first schema period in the past.',
    );
  }
  const current = periods.findLast((period) => fromOf(period) <= now) ?? periods[0];
  if (current !== undefined) reportStructuredMetadata(config, current, version, findings);
  reportDirectories(config, periods, findings);
}

function fromOf(period: ConfigNode): number {
  return Date.parse(textAt(period, 'from') ?? '');
}

function reportPeriods(periods: readonly ConfigNode[], findings: FindingList): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const period of periods) {
    const from = fromOf(period);
    const fromText = textAt(period, 'from') ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(fromText) || Number.isNaN(from)) {
      const at = nodeAt(period, 'from')?.at ?? period.at;
      findings.error(
        'LOKI-SCHEMA',
        at,
        `"${fromText}" is not a day from which a schema period counts.`,
        'Write a day as 2024-04-01.',
      );
    } else if (from <= last) {
      const at = nodeAt(period, 'from')?.at ?? period.at;
      const remedy = 'Sort the periods by "from", the oldest first.';
      findings.error(
        'LOKI-SCHEMA',
        at,
        `The schema period from ${fromText} does not come after the one before it.`,
        remedy,
      );
    }
    last = Number.isNaN(from) ? last : from;
    const store = textAt(period, 'store') ?? '';
    const index = nodeAt(period, 'index', 'period');
    const length = parsePrometheusDuration(textAt(index) ?? '');
    if (['tsdb', 'boltdb-shipper'].includes(store) && length !== DAY) {
      findings.error(
        'LOKI-SCHEMA',
        index?.at ?? nodeAt(period, 'store')?.at ?? period.at,
        `A ${store} index must have a period of 24h, ${index === undefined ? 'and none is written' : `not ${textAt(index)}`}; Loki refuses to start.`,
        'Set index.period: 24h in this schema period.',
      );
    }
  }
}

function reportStructuredMetadata(
  config: LokiConfig,
  current: ConfigNode,
  version: string,
  findings: FindingList,
): void {
  const allowed = config.bool('limits_config.allow_structured_metadata', true);
  // Since 3.0 it is on unless switched off, and the schema is checked at the start.
  if (!atLeast(version, '3.0') || !allowed.value) return;
  const store = textAt(current, 'store') ?? '';
  const schema = textAt(current, 'schema') ?? '';
  const number = Number(schema.replace(/^v/, ''));
  const wrong = [...(number < 13 ? [`schema ${schema}`] : []), ...(store === 'tsdb' ? [] : [`the index "${store}"`])];
  if (wrong.length === 0) return;
  const at = nodeAt(current, number < 13 ? 'schema' : 'store')?.at ?? current.at;
  findings.error(
    'LOKI-SCHEMA-STRUCTURED-METADATA',
    at,
    `Structured metadata is allowed (the default) and needs schema v13 and tsdb, but the current period has ${wrong.join(' and ')}: Loki refuses to start.`,
    'Add a schema period with "store: tsdb" and "schema: v13" from tomorrow on, and until then set limits_config.allow_structured_metadata: false.',
  );
}

function reportDirectories(config: LokiConfig, periods: readonly ConfigNode[], findings: FindingList): void {
  if ((config.text('common.path_prefix')?.value ?? '') !== '') return;
  for (const [store, section] of [
    ['tsdb', 'tsdb_shipper'],
    ['boltdb-shipper', 'boltdb_shipper'],
  ] as const) {
    const period = periods.find((node) => textAt(node, 'store') === store);
    if (period === undefined) continue;
    for (const key of ['active_index_directory', 'cache_location']) {
      const path = `storage_config.${section}.${key}`;
      if ((config.text(path)?.value ?? '') !== '') continue;
      findings.error(
        'LOKI-DIRECTORY',
        nodeAt(period, 'store')?.at ?? period.at,
        `A ${store} index needs ${path}, which is not set: Loki refuses to start.`,
        `Set common.path_prefix, or ${path}.`,
      );
    }
  }
}

/** Retention, ring and rules: set in one place, needed in another. */
export function reportWiring(config: LokiConfig, findings: FindingList): void {
  if (config.root === undefined) return;
  const retention = config.bool('compactor.retention_enabled');
  if (retention.value && (config.text('compactor.delete_request_store')?.value ?? '') === '') {
    findings.error(
      'LOKI-DELETE-STORE',
      retention.at,
      'compactor.retention_enabled is true, but compactor.delete_request_store is not set: Loki refuses to start.',
      'Set compactor.delete_request_store to the object store of the schema, such as filesystem.',
    );
  }
  reportObjectStores(config, findings);
  const period = config.number('limits_config.retention_period');
  const streams = itemsOf(config.node('limits_config.retention_stream'));
  if (retention.value && (period === undefined || period.value === 0) && streams.length === 0) {
    const overrides = config.text('runtime_config.file')?.value ?? '';
    if (overrides === '' && period?.from === 'default') {
      findings.warning(
        'LOKI-RETENTION-NO-PERIOD',
        retention.at,
        'Retention is enabled, but no limits_config.retention_period says how long: everything is kept for ever.',
        'Set limits_config.retention_period, such as 744h.',
      );
    }
  }
  for (const rule of streams) {
    const length = parsePrometheusDuration(textAt(rule, 'period') ?? '');
    if (length === undefined || length >= DAY) continue;
    findings.error(
      'LOKI-RETENTION-SHORT',
      nodeAt(rule, 'period')?.at ?? rule.at,
      `A retention of ${textAt(rule, 'period')} is less than the 24h that a stream rule needs: Loki refuses to start.`,
      'Write 24h or more.',
    );
  }
  const mode = config.text('limits_config.deletion_mode');
  if (mode !== undefined && !['disabled', 'filter-only', 'filter-and-delete'].includes(mode.value)) {
    findings.error(
      'CONFIG-VALUE',
      mode.at,
      `"${mode.value}" is no deletion mode, and Loki refuses to start.`,
      'Write disabled, filter-only or filter-and-delete.',
    );
  }
  const blocked = config.text('limits_config.block_ingestion_until');
  if (blocked !== undefined && Date.parse(blocked.value) > Date.now()) {
    findings.error(
      'LOKI-BLOCKED',
      blocked.at,
      `Loki takes no log line before ${blocked.value} (block_ingestion_until), and answers 260, which senders take for success.`,
      'Remove limits_config.block_ingestion_until.',
    );
  }
  reportRing(config, findings);
  reportRuler(config, findings);
}

function reportRing(config: LokiConfig, findings: FindingList): void {
  if (!config.runs('write', 'ingester', 'distributor', 'read', 'backend')) return;
  const set = (path: string) => {
    const found = config.text(path);
    return found === undefined || found.from === 'default' ? undefined : found;
  };
  const members = itemsOf(config.node('memberlist.join_members')).length > 0 || set('memberlist.join_members');
  const store = set('ingester.lifecycler.ring.kvstore.store') ?? set('common.ring.kvstore.store');
  const factor = set('ingester.lifecycler.ring.replication_factor') ?? set('common.replication_factor');
  const place = store?.value === 'consul' ? 'consul.host' : 'etcd.endpoints';
  const kv = ['ingester.lifecycler.ring.kvstore', 'common.ring.kvstore'];
  const named = kv.some((path) => config.node(`${path}.${place}`) !== undefined) || config.mentionsFlag(place);
  if (store !== undefined && (store.value === 'consul' || store.value === 'etcd') && !named) {
    findings.error(
      'LOKI-RING',
      store.at,
      `The ring is kept in ${store.value}, and no ${place} says where that is: Loki looks for it in its own container and never gets ready.`,
      'Set common.ring.kvstore.store: inmemory for a single Loki, or name the store.',
    );
  } else if (store === undefined && !members) {
    findings.error(
      'LOKI-RING',
      config.place('common.ring.kvstore'),
      'No store for the ring is set, so Loki looks for Consul at localhost:8500 and never gets ready.',
      'Set common.ring.kvstore.store: inmemory for a single Loki, or memberlist.join_members for several.',
    );
  } else if (store?.value === 'inmemory' && config.runs() && Number(factor?.value ?? 3) > 1) {
    findings.error(
      'LOKI-REPLICATION',
      factor?.at ?? store.at,
      `The replication factor is ${factor?.value ?? '3 (the default)'}, but a ring in memory has a single member: every push fails with "at least 2 live replicas required".`,
      'Set common.replication_factor: 1.',
    );
  }
}

function reportRuler(config: LokiConfig, findings: FindingList): void {
  const common = config.node('common.storage.filesystem');
  if (common === undefined || !config.runs('ruler', 'backend')) return;
  const own = config.node('ruler.storage') ?? config.node('ruler_storage');
  if (own !== undefined || (config.text('common.storage.filesystem.rules_directory')?.value ?? '') !== '') return;
  findings.error(
    'LOKI-RULES-DIRECTORY',
    common.at,
    'common.storage.filesystem has no rules_directory, and the ruler takes its storage from there: Loki ends with "directory required for local rules config".',
    'Set common.storage.filesystem.rules_directory, or ruler.storage.',
  );
}

/** Object stores that need a section of their own, and where that may stand. */
const STORE_SECTIONS: Readonly<Record<string, readonly string[]>> = {
  s3: ['storage_config.aws', 'common.storage.s3', 'storage_config.object_store.s3'],
  aws: ['storage_config.aws', 'common.storage.s3', 'storage_config.object_store.s3'],
  gcs: ['storage_config.gcs', 'common.storage.gcs', 'storage_config.object_store.gcs'],
  azure: ['storage_config.azure', 'common.storage.azure', 'storage_config.object_store.azure'],
  swift: ['storage_config.swift', 'common.storage.swift', 'storage_config.object_store.swift'],
  filesystem: ['storage_config.filesystem', 'common.storage.filesystem', 'storage_config.object_store.filesystem'],
};

/** A store that is named for chunks or delete requests, of which nothing says where it is. */
function reportObjectStores(config: LokiConfig, findings: FindingList): void {
  const named = itemsOf(config.node('schema_config.configs')).flatMap((period) => {
    const at = nodeAt(period, 'object_store')?.at;
    const store = textAt(period, 'object_store');
    return at === undefined || store === undefined ? [] : [{ store, at, key: 'schema_config.configs.object_store' }];
  });
  const deletes = config.text('compactor.delete_request_store');
  if (deletes?.at !== undefined && deletes.value !== '') {
    named.push({ store: deletes.value, at: deletes.at, key: deletes.key });
  }
  for (const { store, at, key } of named) {
    const sections = STORE_SECTIONS[store];
    // Flags may say it too: only what nobody mentions is told.
    if (sections === undefined || sections.some((path) => config.node(path) !== undefined)) continue;
    if (config.mentionsFlag(store === 'filesystem' ? 'local.chunk-directory' : `${store === 'aws' ? 's3' : store}.`)) {
      continue;
    }
    findings.error(
      'LOKI-OBJECT-STORE',
      at,
      `${key} is "${store}", and no section says where that is: Loki refuses to start.`,
      `Add ${sections[1] ?? sections[0]}, or name the store that is configured.`,
    );
  }
}

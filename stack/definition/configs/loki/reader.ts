import { itemsOf, textAt } from '../../config-node.ts';
import type { EngineFacts, Listener, Output, StoragePath } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { joinPath, parseUrlTarget } from '../shared/addresses.ts';
import { emptyFacts, type FactsDraft, setting } from '../shared/facts-builder.ts';
import { FindingList } from '../shared/findings.ts';
import { prometheusHttpClient } from '../shared/http-client.ts';
import { reportTableFaults } from '../shared/table-faults.ts';
import { atLeast } from '../shared/versions.ts';
import { LokiConfig, lokiKeys } from './config.ts';
import { reportEmptySections } from './empty-sections.ts';
import { LOKI_TABLE_VERSION } from './keys-3-7.ts';
import { readLimits, tenantLimits } from './limits.ts';
import { readOverrides } from './overrides.ts';
import { removedKey } from './removed-keys.ts';
import { readRetention } from './retention.ts';
import { reportSchema, reportWiring } from './schema.ts';

/**
 * Reads Loki's command line, configuration and runtime file. Flags are read after the file, so a flag wins.
 *
 * @see https://grafana.com/docs/loki/latest/configure/
 */
export function readLoki(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const config = new LokiConfig(context, findings);
  const facts = emptyFacts('loki', config.file === undefined ? [] : [config.file.file]);
  if (config.root !== undefined && atLeast(context.version, '3.0')) {
    reportTableFaults(findings, {
      engine: 'Loki',
      root: config.root,
      table: lokiKeys(),
      tableVersion: LOKI_TABLE_VERSION,
      version: context.version,
      hint: removedKey,
    });
  }
  reportSchema(config, context.version, findings);
  reportWiring(config, findings);
  reportEmptySections(config, findings);
  const { files, overrides } = readOverrides(config, context, findings);
  facts.files.push(...files);
  facts.multiTenant = config.bool('auth_enabled', true);
  readFeatures(config, facts);
  readListeners(config, facts);
  facts.outputs.push(...outputs(config, context));
  facts.retention.push(...readRetention(config, overrides));
  facts.limits.push(...readLimits(config), ...overrides.flatMap(({ tenant, node }) => tenantLimits(tenant, node)));
  facts.storage.push(...storage(config));
  readSettings(config, facts);
  facts.findings.push(...findings.all);
  return facts;
}

function readFeatures(config: LokiConfig, facts: FactsDraft): void {
  const metadata = config.bool('limits_config.allow_structured_metadata', true);
  const enabled = config.bool('compactor.retention_enabled');
  const mode = config.text('limits_config.deletion_mode');
  const deletes: Setting<boolean> = mode?.value === 'disabled' ? { ...mode, value: false } : enabled;
  facts.features = {
    'otlp-receiver': metadata,
    'structured-metadata': metadata,
    volume: config.bool('limits_config.volume_enabled', true),
    'pattern-ingester': config.bool('pattern_ingester.enabled'),
    ruler: config.runs('ruler', 'backend') ? config.bool('ruler.enable_api', true) : setting('target', false, 'file'),
    'retention-delete-api': deletes,
    'usage-reporting': config.bool('analytics.reporting_enabled', true),
  };
}

function readListeners(config: LokiConfig, facts: FactsDraft): void {
  const port = config.number('server.http_listen_port');
  const host = config.text('server.http_listen_address')?.value ?? '';
  const prefix = config.text('server.http_path_prefix')?.value ?? '';
  const tls = (config.text('server.http_tls_config.cert_file')?.value ?? '') !== '';
  const clients = config.text('server.http_tls_config.client_auth_type')?.value ?? '';
  const required = /^Require/.test(clients);
  const common = {
    host,
    port: port?.value ?? 3100,
    tls,
    ...(required ? { clientCertificateRequired: true } : {}),
    ...(port?.at === undefined ? {} : { at: port.at }),
  };
  const on = setting('target', true, 'default');
  const add = (part: Pick<Listener, 'component' | 'protocol' | 'signals'> & { path: string }, enabled = on): void => {
    facts.listeners.push({ ...common, ...part, path: joinPath(prefix, part.path), enabled });
  };
  add({ component: 'http', protocol: 'http-api', signals: [], path: '/' });
  add({ component: 'metrics', protocol: 'prometheus-scrape', signals: [], path: '/metrics' });
  if (config.runs('write', 'distributor')) {
    add({ component: 'push', protocol: 'loki-push', signals: ['logs'], path: '/loki/api/v1/push' });
    const otlp = facts.features['otlp-receiver'];
    add({ component: 'otlp', protocol: 'otlp-http', signals: ['logs'], path: '/otlp/v1/logs' }, otlp);
  }
  const grpc = config.number('server.grpc_listen_port');
  facts.listeners.push({
    component: 'grpc',
    protocol: 'grpc-api',
    host: config.text('server.grpc_listen_address')?.value ?? '',
    port: grpc?.value ?? 9095,
    tls: (config.text('server.grpc_tls_config.cert_file')?.value ?? '') !== '',
    signals: [],
    enabled: on,
    ...(grpc?.at === undefined ? {} : { at: grpc.at }),
  });
}

function outputs(config: LokiConfig, context: ReaderContext): Output[] {
  const list: Output[] = [];
  const alertmanagers = config.text('ruler.alertmanager_url');
  for (const url of alertmanagers?.value.split(',') ?? []) {
    const target = parseUrlTarget(url.trim());
    if (target === undefined || alertmanagers?.at === undefined) continue;
    const path = joinPath(target.path, '/api/v2/alerts');
    list.push({
      component: 'ruler',
      purpose: 'alert',
      protocol: 'alertmanager-api',
      signals: [],
      target: { ...target, path, ...prometheusHttpClient(config.node('ruler.alertmanager_client'), context, '/', url) },
      at: alertmanagers.at,
    });
  }
  if (!config.bool('ruler.remote_write.enabled').value) return list;
  const clients = config.node('ruler.remote_write.clients');
  const nodes = [config.node('ruler.remote_write.client')];
  if (clients?.kind === 'map') nodes.push(...[...clients.entries.values()].map((entry) => entry.node));
  for (const node of nodes) {
    const url = textAt(node, 'url');
    const target = url === undefined ? undefined : parseUrlTarget(url);
    if (node === undefined || url === undefined || target === undefined) continue;
    list.push({
      component: 'ruler/remote_write',
      purpose: 'push',
      protocol: 'prometheus-remote-write',
      signals: ['metrics'],
      target: { ...target, ...prometheusHttpClient(node, context, '/', url) },
      at: node.at,
    });
  }
  return list;
}

const STORAGE_KEYS = [
  ['common.path_prefix', 'everything that has no path of its own'],
  ['common.storage.filesystem.chunks_directory', 'chunks'],
  ['common.storage.filesystem.rules_directory', 'rules'],
  ['storage_config.filesystem.directory', 'chunks'],
  ['storage_config.tsdb_shipper.active_index_directory', 'index'],
  ['storage_config.tsdb_shipper.cache_location', 'index cache'],
  ['storage_config.boltdb_shipper.active_index_directory', 'index'],
  ['compactor.working_directory', 'compactor'],
  ['ingester.wal.dir', 'write-ahead log'],
] as const;

function storage(config: LokiConfig): StoragePath[] {
  const paths: StoragePath[] = [];
  for (const [key, what] of STORAGE_KEYS) {
    const found = config.text(key);
    if (found?.at === undefined || found.value === '') continue;
    paths.push({ path: found.value.replace(/(.)\/+$/, '$1'), what, at: found.at });
  }
  return paths;
}

const SETTINGS = [
  'auth_enabled',
  'target',
  'common.path_prefix',
  'common.replication_factor',
  'limits_config.retention_period',
  'limits_config.reject_old_samples',
  'limits_config.discover_log_levels',
  'limits_config.discover_service_name',
  'limits_config.deletion_mode',
  'limits_config.ingestion_rate_strategy',
  'compactor.retention_enabled',
  'compactor.delete_request_store',
  'compactor.compaction_interval',
  'compactor.retention_delete_delay',
  'compactor.working_directory',
  'ingester.max_chunk_age',
  'querier.query_ingesters_within',
  'ruler.evaluation_interval',
];

function readSettings(config: LokiConfig, facts: FactsDraft): void {
  for (const key of SETTINGS) {
    const found = config.setting(key);
    if (found !== undefined) facts.settings[key] = found;
  }
  itemsOf(config.node('schema_config.configs')).forEach((period, index) => {
    for (const key of ['from', 'store', 'object_store', 'schema']) {
      const value = textAt(period, key);
      const path = `schema_config.configs.${index}.${key}`;
      if (value !== undefined) facts.settings[path] = setting(path, value, 'file', period.at);
    }
  });
}

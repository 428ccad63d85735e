import type { EngineFacts, RetentionFact } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { lastFlag } from '../shared/command-line.ts';
import { readYaml, resolvePath } from '../shared/container-files.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { emptyFacts, type FactsDraft, mapSetting, setting } from '../shared/facts-builder.ts';
import { FindingList } from '../shared/findings.ts';
import { goCommand, Values } from '../shared/go-values.ts';
import { reportTableFaults } from '../shared/table-faults.ts';
import { versionedKeys } from '../shared/versioned-keys.ts';
import { atLeast } from '../shared/versions.ts';
import { PYROSCOPE_KEYS } from './keys.ts';

const NEWEST_KNOWN = '2.2';
const BOOLEAN_FLAGS: ReadonlySet<string> = new Set([
  'auth.multitenancy-enabled',
  'config.expand-env',
  'config.show_banner',
  'self-profiling.disable-push',
  'tracing.enabled',
  'usage-stats.enabled',
  'version',
]);
/** Keys of the libraries that Pyroscope uses, which came at other times than the table says. */
const LIBRARY_KEYS: ReadonlySet<string> = new Set([
  'compression_algorithm',
  'grpc_server_read_buffer_size',
  'grpc_server_write_buffer_size',
  'http_client_cluster_validation',
  'http_client_disable_keep_alives',
]);

/**
 * Reads Pyroscope's command line and configuration, 1.x and 2.x.
 *
 * @see https://grafana.com/docs/pyroscope/latest/configure-server/reference-configuration-parameters/
 */
export function readPyroscope(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const line = goCommand(context, 'pyroscope', BOOLEAN_FLAGS);
  const configFile = lastFlag(line, 'config.file');
  const base = context.service.workingDir ?? '/';
  const file =
    configFile === undefined
      ? undefined
      : readYaml(context, resolvePath(base, configFile.value), findings, {
          what: 'configuration file',
          namedAt: configFile.at,
          expand: lastFlag(line, 'config.expand-env')?.value === 'true',
        });
  const facts = emptyFacts('pyroscope', file === undefined ? [] : [file.file]);
  if (file?.root !== undefined) {
    const { register, hint } = versionedKeys(PYROSCOPE_KEYS, 'Pyroscope', context.version);
    reportTableFaults(findings, {
      engine: 'Pyroscope',
      root: file.root,
      table: register,
      tableVersion: NEWEST_KNOWN,
      version: context.version,
      accepted: (key) => LIBRARY_KEYS.has(key) || (key === 'scrape_configs' && !atLeast(context.version, '1.1')),
      hint,
    });
  }
  const values = new Values(file, line);
  listeners(facts, values);
  storage(facts, values, base, context.version);
  facts.retention.push(retention(values, context.version));
  facts.multiTenant = values.boolean('multitenancy_enabled', false, 'auth.multitenancy-enabled');
  facts.features['usage-reporting'] = values.boolean('analytics.reporting_enabled', true, 'usage-stats.enabled');
  facts.settings['self_profiling.disable_push'] = values.boolean(
    'self_profiling.disable_push',
    false,
    'self-profiling.disable-push',
  );
  facts.settings.architecture_storage = architecture(values, context.version);
  for (const [key, flag, unit, fallback] of LIMITS) {
    facts.limits.push({ key, unit, setting: values.number(key, fallback, flag) });
  }
  facts.findings.push(...findings.all);
  return facts;
}

const LIMITS = [
  ['limits.ingestion_rate_mb', 'distributor.ingestion-rate-limit-mb', 'count', 4],
  ['limits.ingestion_burst_size_mb', 'distributor.ingestion-burst-size-mb', 'count', 2],
  ['limits.max_profile_size_bytes', 'validation.max-profile-size-bytes', 'bytes', 4 * 1024 * 1024],
  ['limits.max_label_names_per_series', 'validation.max-label-names-per-series', 'count', 30],
] as const;

/** Paths at which profiles come in: the SDKs' own and the one that agents use. */
const PUSH_PATHS = ['/ingest', '/push.v1.PusherService/Push'] as const;

function listeners(facts: FactsDraft, values: Values): void {
  const port = values.number('server.http_listen_port', 4040, 'server.http-listen-port');
  const host = values.text('server.http_listen_address', '', 'server.http-listen-address').value;
  const prefix = values.text('server.http_path_prefix', '', 'server.path-prefix').value.replace(/\/+$/, '');
  const tls = values.raw('server.http_tls_config.cert_file', 'server.http-tls-cert-path') !== undefined;
  const enabled: Setting<boolean> = { ...port, value: true };
  const at = port.at === undefined ? {} : { at: port.at };
  const bound = { host, port: port.value, tls, enabled, ...at };
  facts.listeners.push({
    component: 'http',
    protocol: 'http-api',
    ...bound,
    ...(prefix === '' ? {} : { path: prefix }),
    signals: [],
  });
  for (const path of PUSH_PATHS) {
    facts.listeners.push({
      component: 'http',
      protocol: 'pyroscope-push',
      ...bound,
      path: `${prefix}${path}`,
      signals: ['profiles'],
    });
  }
}

/** v1 writes blocks to local disks, v2 segments to the object store; since 2.0 both unless told otherwise. */
function architecture(values: Values, version: string): Setting<string> {
  return values.text('architecture_storage', atLeast(version, '2.0') ? 'v1-v2-dual' : 'v1', 'architecture.storage');
}

function storage(facts: FactsDraft, values: Values, base: string, version: string): void {
  const kind = architecture(values, version).value;
  const add = (found: Setting<string>, what: string): void => {
    const path = resolvePath(base, found.value).replace(/(.)\/+$/, '$1');
    facts.storage.push({ path, what, ...(found.at === undefined ? {} : { at: found.at }) });
  };
  if (kind !== 'v2') add(values.text('pyroscopedb.data_path', './data', 'pyroscopedb.data-path'), 'blocks');
  const backend = values.text('storage.backend', kind === 'v1' ? '' : 'filesystem', 'storage.backend');
  facts.settings['storage.backend'] = backend;
  if (backend.value === 'filesystem') {
    add(values.text('storage.filesystem.dir', './data/v2/shared', 'storage.filesystem.dir'), 'object store');
  }
  if (kind === 'v1') return;
  add(values.text('metastore.data_dir', './data/v2/metastore/data', 'metastore.data-dir'), 'index of the object store');
  add(
    values.text('metastore.raft.dir', './data/v2/metastore/raft', 'metastore.raft.dir'),
    'write-ahead log of the index',
  );
}

/** v1 blocks go by the compactor's period, v2 data by one of their own; 0, the default of both, keeps for ever. */
function retention(values: Values, version: string): RetentionFact {
  const kind = architecture(values, version);
  const read = (key: string, flag: string): Setting<number> | undefined =>
    mapSetting(values.raw(key, flag), (value) => parsePrometheusDuration(String(value)));
  const first = read('limits.compactor_blocks_retention_period', 'compactor.blocks-retention-period');
  const second = read('limits.retention_period', 'retention-period');
  const wanted = kind.value === 'v1' ? first : second;
  const other = kind.value === 'v1' ? second : first;
  const set = (period: Setting<number> | undefined): period is Setting<number> =>
    period !== undefined && period.value > 0;
  if (!set(wanted) && set(other)) {
    const key = kind.value === 'v1' ? 'limits.compactor_blocks_retention_period' : 'limits.retention_period';
    const remedy = `Set ${key}: ${other.key} has no effect on the storage "${kind.value}".`;
    return { signal: 'profiles', period: other, enablers: [{ setting: kind, satisfied: false, remedy }] };
  }
  return {
    signal: 'profiles',
    period:
      wanted ??
      setting(
        kind.value === 'v1' ? 'limits.compactor_blocks_retention_period' : 'limits.retention_period',
        0,
        'default',
      ),
    enablers: [],
  };
}

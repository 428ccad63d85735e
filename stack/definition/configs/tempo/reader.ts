import type { EngineFacts, RetentionFact } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import { remoteOutputs } from '../prometheus/outputs.ts';
import type { ReaderContext } from '../reader.ts';
import { lastFlag } from '../shared/command-line.ts';
import { readYaml, resolvePath } from '../shared/container-files.ts';
import { parseGoDuration, parsePrometheusDuration } from '../shared/durations.ts';
import { emptyFacts, type FactsDraft, mapSetting, setting } from '../shared/facts-builder.ts';
import { didYouMean, FindingList } from '../shared/findings.ts';
import { goCommand, Values } from '../shared/go-values.ts';
import { reportTableFaults } from '../shared/table-faults.ts';
import { versionedKeys } from '../shared/versioned-keys.ts';
import { atLeast } from '../shared/versions.ts';
import { TEMPO_KEYS } from './keys.ts';
import { generatorProcessors, readOverrides, type TempoOverrides, tempoLimits } from './overrides.ts';
import { tempoReceivers } from './receivers.ts';

const NEWEST_KNOWN = '3.1';
const DEFAULT_RETENTION_MS = 14 * 86_400_000;
const BOOLEAN_FLAGS: ReadonlySet<string> = new Set([
  'auth.enabled',
  'config.enable-legacy-overrides',
  'config.expand-env',
  'config.verify',
  'health',
  'multitenancy.enabled',
  'reporting.enabled',
  'span-profiling',
  'version',
]);

/**
 * Reads Tempo's command line, configuration and per-tenant overrides, in the forms of 2.x and 3.x.
 *
 * @see https://grafana.com/docs/tempo/latest/configuration/
 */
export function readTempo(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const line = goCommand(context, 'tempo', BOOLEAN_FLAGS);
  const configFile = lastFlag(line, 'config.file');
  const expand = lastFlag(line, 'config.expand-env')?.value === 'true';
  const file =
    configFile === undefined
      ? undefined
      : readYaml(context, resolvePath(context.service.workingDir ?? '/', configFile.value), findings, {
          what: 'configuration file',
          namedAt: configFile.at,
          yaml: 'v2',
          expand,
        });
  const facts = emptyFacts('tempo', file === undefined ? [] : [file.file]);
  if (configFile === undefined && context.service.build === undefined) {
    findings.error(
      'CONFIG-FILE-MISSING',
      context.service.at,
      'Tempo is started without -config.file; its image names none, and without a storage backend it exits.',
      'Add -config.file=/etc/tempo.yaml to the command, and mount the file there.',
    );
  }
  if (file?.root !== undefined) {
    const { register, hint } = versionedKeys(TEMPO_KEYS, 'Tempo', context.version);
    reportTableFaults(findings, {
      engine: 'Tempo',
      root: file.root,
      table: register,
      tableVersion: NEWEST_KNOWN,
      version: context.version,
      // Flat overrides are looked at apart.
      accepted: (_, where) => where === 'overrides',
      hint: (key, where) => removedBlock(key, where, context.version) ?? hint(key, where),
    });
  }
  const values = new Values(file, line);
  const overrides = readOverrides(values, context, findings);
  listeners(facts, values, context);
  storage(facts, values, context, findings);
  facts.retention.push(...retention(values, overrides, context.version));
  facts.limits.push(...tempoLimits(overrides, context.version));
  generator(facts, values, overrides, context, findings);
  facts.multiTenant = multiTenancy(values);
  facts.features['usage-reporting'] = values.boolean('usage_report.reporting_enabled', true, 'reporting.enabled');
  settings(facts, values, context.version);
  facts.findings.push(...findings.all);
  return facts;
}

/** The blocks that people keep from 2.x, with what took their place. */
function removedBlock(key: string, where: string, version: string) {
  if (where !== '' || !atLeast(version, '3.0')) return undefined;
  const remedy = REPLACED[key];
  return remedy === undefined
    ? undefined
    : { message: `Tempo ${version} refuses the block "${key}": it went with 3.0.`, remedy };
}

const REPLACED: Readonly<Record<string, string>> = {
  compactor: 'Move its compaction block under backend_worker; block_retention keeps its name there.',
  ingester: 'Remove it: live_store took its place, and needs nothing for a single binary.',
  ingester_client: 'Remove it.',
};

function listeners(facts: FactsDraft, values: Values, context: ReaderContext): void {
  // 80 until 2.7: https://github.com/grafana/tempo/pull/4960
  const usual = atLeast(context.version, '2.8') ? 3200 : 80;
  const http = values.number('server.http_listen_port', usual, 'server.http-listen-port');
  const grpc = values.number('server.grpc_listen_port', 9095, 'server.grpc-listen-port');
  const tls = values.node('server', 'http_tls_config') !== undefined;
  const prefix = values.text('http_api_prefix', '', 'http-api-prefix').value;
  facts.listeners.push(
    {
      component: 'http',
      protocol: 'http-api',
      host: values.text('server.http_listen_address', '').value,
      port: http.value,
      ...(prefix === '' ? {} : { path: prefix }),
      tls,
      signals: [],
      enabled: setting('server.http_listen_port', true, http.from, http.at),
      ...(http.at === undefined ? {} : { at: http.at }),
    },
    {
      component: 'grpc',
      protocol: 'grpc-api',
      host: values.text('server.grpc_listen_address', '').value,
      port: grpc.value,
      tls: values.node('server', 'grpc_tls_config') !== undefined,
      signals: [],
      enabled: setting('server.grpc_listen_port', true, grpc.from, grpc.at),
      ...(grpc.at === undefined ? {} : { at: grpc.at }),
    },
    ...tempoReceivers(values.node('distributor', 'receivers'), context.version),
  );
}

function storage(facts: FactsDraft, values: Values, context: ReaderContext, findings: FindingList): void {
  const base = context.service.workingDir ?? '/';
  const backend = values.text('storage.trace.backend', '', 'storage.trace.backend');
  const add = (found: Setting<string> | undefined, what: string): void => {
    if (found === undefined || found.value === '') return;
    const path = resolvePath(base, found.value).replace(/(.)\/+$/, '$1');
    facts.storage.push({ path, what, ...(found.at === undefined ? {} : { at: found.at }) });
  };
  const path = (key: string, fallback: string): Setting<string> => values.text(key, fallback, flagOf(key));
  if (backend.value === 'local') add(path('storage.trace.local.path', ''), 'blocks');
  add(path('storage.trace.wal.path', '/var/tempo/wal'), 'write-ahead log');
  add(path('metrics_generator.storage.path', ''), 'write-ahead log of generated metrics');
  reportBackend(backend, findings);
  facts.settings['storage.trace.backend'] = backend;
}

function flagOf(key: string): string | undefined {
  return key.startsWith('storage.trace.') ? key : undefined;
}

/**
 * How long traces stay. 2.x: the compactor, 3.x: the backend worker; both skip tenants whose compaction is disabled.
 * A period of the overrides beats the general one.
 */
function retention(values: Values, overrides: readonly TempoOverrides[], version: string): RetentionFact[] {
  const block = atLeast(version, '3.0') ? 'backend_worker' : 'compactor';
  const key = `${block}.compaction.block_retention`;
  const flag = `${block.replace('_', '-')}.compaction.block-retention`;
  const general = mapSetting(values.raw(key, flag), (value) => parseGoDuration(String(value)));
  const target = values.text('target', 'all', 'target');
  const runs = /(^|,)(all|scalable-single-binary|compactor|backend-worker)(,|$)/.test(target.value);
  return overrides.flatMap((scope): RetentionFact[] => {
    const own = scope.value('compaction.block_retention', 'block_retention');
    const text = own?.node.kind === 'scalar' ? String(own.node.value) : undefined;
    const period = text === undefined || own === undefined ? undefined : parsePrometheusDuration(text);
    const set = period !== undefined && period > 0 && own !== undefined;
    const disabled = scope.value('compaction.compaction_disabled', 'compaction_disabled');
    if (scope.tenant !== undefined && !set && disabled === undefined) return [];
    const off = disabled?.node.kind === 'scalar' && disabled.node.value === true;
    const enablers: RetentionFact['enablers'][number][] = [
      {
        setting: target,
        satisfied: runs,
        remedy: 'Run the compactor (2.x) or the backend worker (3.x): leave -target at "all", or add it.',
      },
      {
        setting:
          disabled === undefined
            ? setting('overrides.defaults.compaction.compaction_disabled', false, 'default')
            : setting(disabled.key, off, 'file', disabled.node.at),
        satisfied: !off,
        remedy: 'Set compaction_disabled to false: with it Tempo deletes nothing.',
      },
    ];
    return [
      {
        signal: 'traces',
        period: set
          ? setting(own.key, period, 'file', own.node.at)
          : (general ?? setting(key, DEFAULT_RETENTION_MS, 'default')),
        ...(scope.tenant === undefined ? {} : { tenant: scope.tenant }),
        enablers,
      },
    ];
  });
}

/** Names that Tempo knows; another is taken without a word, and makes nothing. */
const PROCESSORS = [
  'service-graphs',
  'span-metrics',
  'span-metrics-latency',
  'span-metrics-count',
  'span-metrics-size',
  'local-blocks',
  'host-info',
];

function reportUnknownProcessors(processors: Setting<readonly string[]>, findings: FindingList): void {
  for (const name of processors.value) {
    if (name === '' || name.includes('${') || PROCESSORS.includes(name)) continue;
    const meant = didYouMean(name, PROCESSORS);
    const words = `"${name}" is no processor of the metrics generator: no metrics are made by it.`;
    if (meant !== undefined) findings.error('CONFIG-TEMPO-GENERATOR', processors.at, words, `Did you mean "${meant}"?`);
    else findings.warning('CONFIG-TEMPO-GENERATOR', processors.at, words, `Name some of ${PROCESSORS.join(', ')}.`);
  }
}

const BACKENDS = ['local', 's3', 'gcs', 'azure'];

function reportBackend(backend: Setting<string>, findings: FindingList): void {
  if (backend.at === undefined || backend.value.includes('${') || BACKENDS.includes(backend.value)) return;
  const meant = didYouMean(backend.value, BACKENDS);
  findings.error(
    'CONFIG-VALUE',
    backend.at,
    `"${backend.value}" is no storage backend, and Tempo refuses to start.`,
    meant === undefined ? `Write one of ${BACKENDS.join(', ')}.` : `Did you mean "${meant}"?`,
  );
}

function generator(
  facts: FactsDraft,
  values: Values,
  overrides: readonly TempoOverrides[],
  context: ReaderContext,
  findings: FindingList,
): void {
  const processors = generatorProcessors(overrides);
  reportUnknownProcessors(processors, findings);
  const path = values.text('metrics_generator.storage.path', '');
  const on = path.value !== '';
  const storageNode = values.node('metrics_generator', 'storage');
  const outputs = remoteOutputs(storageNode, 'remote_write', '/', context, findings);
  facts.outputs.push(...outputs.map((output) => ({ ...output, component: `metrics_generator.${output.component}` })));
  const feature = (name: string): Setting<boolean> => {
    const named = processors.value.some((processor) => processor === name || processor.startsWith(`${name}-`));
    return { ...processors, value: named && on };
  };
  facts.features['metrics-generator'] = { ...path, value: on && processors.value.length > 0 };
  facts.features['span-metrics'] = feature('span-metrics');
  facts.features['service-graphs'] = feature('service-graphs');
  if (!atLeast(context.version, '3.0')) facts.features['local-blocks'] = feature('local-blocks');
  const perUser = values.boolean('overrides.user_configurable_overrides.enabled', false).value;
  const writing = processors.value.filter((processor) => processor !== 'local-blocks');
  const here = /(^|,)(all|scalable-single-binary|metrics-generator)(,|$)/.test(
    values.text('target', 'all', 'target').value,
  );
  if (!here) return;
  if (processors.value.length > 0 && !on) {
    findings.error(
      'CONFIG-TEMPO-GENERATOR',
      processors.at,
      `The processors ${processors.value.join(', ')} are asked for, but the metrics generator is off: metrics_generator.storage.path is not set.`,
      'Set metrics_generator.storage.path to a directory that Tempo may write.',
    );
  } else if (writing.length > 0 && outputs.length === 0) {
    findings.warning(
      'CONFIG-TEMPO-GENERATOR',
      processors.at,
      `The processors ${writing.join(', ')} make metrics, but metrics_generator.storage.remote_write names no place to send them to.`,
      'Name a remote_write URL, or remove the processors.',
    );
  } else if (on && outputs.length > 0 && processors.value.length === 0 && !perUser) {
    findings.warning(
      'CONFIG-TEMPO-GENERATOR',
      values.node('metrics_generator')?.at,
      'The metrics generator has a place to write to, but no processor is switched on in the overrides: it makes no metrics.',
      'Add overrides.defaults.metrics_generator.processors: [service-graphs, span-metrics].',
    );
  }
  if (atLeast(context.version, '3.0') && processors.value.includes('local-blocks')) {
    findings.warning(
      'CONFIG-TEMPO-GENERATOR',
      processors.at,
      'The processor local-blocks went with Tempo 3.0, whose live store does its work.',
      'Remove local-blocks from the processors.',
    );
  }
}

function multiTenancy(values: Values): Setting<boolean> {
  const own = values.raw('multitenancy_enabled', 'multitenancy.enabled');
  const old = values.raw('auth_enabled', 'auth.enabled');
  // Either switches it on.
  if (own === undefined && old !== undefined) return values.boolean('auth_enabled', false, 'auth.enabled');
  const found = values.boolean('multitenancy_enabled', false, 'multitenancy.enabled');
  const older = values.boolean('auth_enabled', false, 'auth.enabled');
  return older.value && !found.value ? older : found;
}

function settings(facts: FactsDraft, values: Values, version: string): void {
  const cutoff = atLeast(version, '3.0') ? '30s' : '0s';
  for (const [key, fallback] of [
    ['target', 'all'],
    ['query_frontend.query_end_cutoff', cutoff],
    ['query_frontend.search.query_backend_after', '15m'],
    ['query_frontend.search.max_duration', '168h'],
    ['storage.trace.blocklist_poll', '5m'],
    ['metrics_generator.metrics_ingestion_time_range_slack', '30s'],
    ['stream_over_http_enabled', 'false'],
  ] as const) {
    facts.settings[key] = values.raw(key) ?? setting(key, fallback, 'default');
  }
}

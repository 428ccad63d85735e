import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { LimitFact } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { readYaml, resolvePath } from '../shared/container-files.ts';
import { setting } from '../shared/facts-builder.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import type { Values } from '../shared/go-values.ts';
import { atLeast } from '../shared/versions.ts';

/** Keys of the block itself; everything else in it is the flat form of 2.2 and before. */
const SCOPED = new Set([
  'defaults',
  'per_tenant_override_config',
  'per_tenant_override_period',
  'user_configurable_overrides',
  'enable_legacy_overrides',
]);

/** A limit in its scoped and its flat form, with Tempo's default. */
interface KnownLimit {
  readonly scoped: string;
  readonly flat: string;
  readonly unit: LimitFact['unit'];
  fallback(version: string): number;
}

const LIMITS: readonly KnownLimit[] = [
  limit('ingestion.rate_limit_bytes', 'ingestion_rate_limit_bytes', 'bytes/s', (v) =>
    atLeast(v, '2.9') ? 30e6 : 15e6,
  ),
  limit('ingestion.burst_size_bytes', 'ingestion_burst_size_bytes', 'bytes', (v) => (atLeast(v, '3.0') ? 30e6 : 20e6)),
  limit('ingestion.max_traces_per_user', 'max_traces_per_user', 'count', () => 10_000),
  limit('ingestion.max_global_traces_per_user', 'max_global_traces_per_user', 'count', () => 0),
  limit('ingestion.max_attribute_bytes', 'ingestion_max_attribute_bytes', 'bytes', () => 0),
  limit('global.max_bytes_per_trace', 'max_bytes_per_trace', 'bytes', () => 5_000_000),
  limit('read.max_bytes_per_tag_values_query', 'max_bytes_per_tag_values_query', 'bytes', (v) =>
    atLeast(v, '2.7') ? 1_000_000 : 5_000_000,
  ),
];

function limit(
  scoped: string,
  flat: string,
  unit: LimitFact['unit'],
  fallback: (version: string) => number,
): KnownLimit {
  return { scoped, flat, unit, fallback };
}

/** What the overrides say of every tenant, or of one. */
export interface TempoOverrides {
  readonly tenant?: string;
  value(scoped: string, flat: string): { readonly key: string; readonly node: ConfigNode } | undefined;
  /** Node of the block, for positions. */
  readonly node: ConfigNode | undefined;
}

/** The defaults and every tenant of the per-tenant file. */
export function readOverrides(values: Values, context: ReaderContext, findings: FindingList): TempoOverrides[] {
  const root = values.node('overrides');
  reportFlat(root, context.version, findings);
  const all: TempoOverrides[] = [
    {
      node: root,
      value: (scoped, flat) =>
        found(nodeAt(root, 'defaults'), scoped, `overrides.defaults.${scoped}`) ??
        found(root, flat, `overrides.${flat}`),
    },
  ];
  const path = values.raw('overrides.per_tenant_override_config', 'config.per-user-override-config');
  if (path === undefined || path.value === '') return all;
  const file = readYaml(context, resolvePath(context.service.workingDir ?? '/', String(path.value)), findings, {
    what: 'per-tenant overrides',
    yaml: 'v2',
    ...(path.at === undefined ? {} : { namedAt: path.at }),
  });
  for (const [tenant, { node }] of entriesOf(nodeAt(file?.root, 'overrides'))) {
    all.push({
      tenant,
      node,
      value: (scoped, flat) => found(node, scoped, scoped) ?? found(node, flat, flat),
    });
  }
  return all;
}

function found(node: ConfigNode | undefined, path: string, key: string): { key: string; node: ConfigNode } | undefined {
  const value = nodeAt(node, ...path.split('.'));
  return value === undefined ? undefined : { key, node: value };
}

function reportFlat(root: ConfigNode | undefined, version: string, findings: FindingList): void {
  const flat = entriesOf(root).filter(([key]) => !SCOPED.has(key));
  const [first] = flat;
  if (first === undefined) return;
  const [key, { keyAt }] = first;
  const scoped = nodeAt(root, 'defaults') !== undefined;
  const meant = didYouMean(key, SCOPED);
  if (scoped || (atLeast(version, '2.3') && meant !== undefined)) {
    findings.error(
      'CONFIG-TEMPO-OVERRIDES',
      keyAt,
      `Tempo refuses the key "${key}" under overrides${scoped ? ' beside "defaults"' : ''}.`,
      meant === undefined
        ? 'Move it under overrides.defaults, in the scope that it belongs to.'
        : `Did you mean "${meant}"?`,
    );
    return;
  }
  const allowed = textAt(root, 'enable_legacy_overrides') === 'true';
  if (!atLeast(version, '3.0') || allowed) return;
  const known = LIMITS.find((candidate) => candidate.flat === key);
  findings.error(
    'CONFIG-TEMPO-OVERRIDES',
    keyAt,
    `Tempo ${version} refuses flat overrides such as "${key}", and does not start.`,
    known === undefined
      ? 'Move the keys under overrides.defaults and their scopes; `tempo-cli migrate overrides-config` does it.'
      : `Write overrides.defaults.${known.scoped} instead; \`tempo-cli migrate overrides-config\` converts all of them.`,
  );
}

/** The limits in force, one fact a limit and tenant that sets it. */
export function tempoLimits(overrides: readonly TempoOverrides[], version: string): LimitFact[] {
  return overrides.flatMap((scope) =>
    LIMITS.flatMap(({ scoped, flat, unit, fallback }): LimitFact[] => {
      const value = scope.value(scoped, flat);
      const number = value?.node.kind === 'scalar' ? Number(value.node.value) : Number.NaN;
      if (value !== undefined && !Number.isNaN(number)) {
        const tenant = scope.tenant === undefined ? {} : { tenant: scope.tenant };
        return [{ key: value.key, unit, setting: setting(value.key, number, 'file', value.node.at), ...tenant }];
      }
      if (scope.tenant !== undefined) return [];
      const key = `overrides.defaults.${scoped}`;
      return [{ key, unit, setting: setting(key, fallback(version), 'default') }];
    }),
  );
}

/** The processors of the metrics generator, with the place where they are named. */
export function generatorProcessors(overrides: readonly TempoOverrides[]): Setting<readonly string[]> {
  for (const scope of overrides) {
    const value = scope.value('metrics_generator.processors', 'metrics_generator_processors');
    if (value === undefined) continue;
    const names = itemsOf(value.node).map((item) => textAt(item) ?? '');
    if (names.length > 0) return setting(value.key, names, 'file', value.node.at);
  }
  return setting('overrides.defaults.metrics_generator.processors', [], 'default');
}

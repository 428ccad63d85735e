import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { LimitFact, RetentionFact } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { mapSetting, scalarSetting } from '../shared/facts-builder.ts';
import { type LokiConfig, lokiNumber } from './config.ts';

/** Limits whose keeping can be asked of Loki, with the unit of `LimitFact` and the factor that leads to it. */
const LIMITS: Readonly<Record<string, readonly [LimitFact['unit'], number]>> = {
  ingestion_rate_mb: ['bytes/s', 2 ** 20],
  ingestion_burst_size_mb: ['bytes', 2 ** 20],
  per_stream_rate_limit: ['bytes/s', 1],
  per_stream_rate_limit_burst: ['bytes', 1],
  max_line_size: ['bytes', 1],
  max_label_names_per_series: ['count', 1],
  max_label_name_length: ['bytes', 1],
  max_label_value_length: ['bytes', 1],
  max_structured_metadata_size: ['bytes', 1],
  max_structured_metadata_entries_count: ['count', 1],
  max_streams_per_user: ['count', 1],
  max_global_streams_per_user: ['count', 1],
  reject_old_samples_max_age: ['ms', 1],
  creation_grace_period: ['ms', 1],
  max_query_length: ['ms', 1],
  max_query_lookback: ['ms', 1],
  max_query_range: ['ms', 1],
  max_entries_limit_per_query: ['count', 1],
  max_query_series: ['count', 1],
  max_query_parallelism: ['count', 1],
  max_chunks_per_query: ['count', 1],
  max_streams_matchers_per_query: ['count', 1],
  max_query_bytes_read: ['bytes', 1],
  max_querier_bytes_read: ['bytes', 1],
  cardinality_limit: ['count', 1],
  query_timeout: ['ms', 1],
};

/** Age limits that only count while old samples are refused at all. */
const NEEDS_REJECTION = 'reject_old_samples_max_age';

/** The limits in force for everybody. */
export function readLimits(config: LokiConfig): LimitFact[] {
  const facts: LimitFact[] = [];
  for (const [name, [unit, factor]] of Object.entries(LIMITS)) {
    if (name === NEEDS_REJECTION && !config.bool('limits_config.reject_old_samples', true).value) continue;
    const path = `limits_config.${name}`;
    const setting = mapSetting(config.number(path), (value) => value * factor);
    if (setting !== undefined) facts.push({ key: path, setting, unit });
  }
  return facts;
}

/** The limits that a runtime file sets for one tenant. */
export function tenantLimits(tenant: string, node: ConfigNode): LimitFact[] {
  const facts: LimitFact[] = [];
  for (const [name, entry] of entriesOf(node)) {
    const known = LIMITS[name];
    if (known === undefined) continue;
    const [unit, factor] = known;
    const read = (value: unknown): number | undefined => lokiNumber(`limits_config.${name}`, String(value));
    const key = `overrides.${tenant}.${name}`;
    const setting = mapSetting(mapSetting(scalarSetting(key, entry.node), read), (value) => value * factor);
    if (setting !== undefined) facts.push({ key, setting, unit, tenant });
  }
  return facts;
}

/** What a `limits_config` or a tenant's section promises to delete, without what must be on for that. */
export function promisedPeriods(
  limits: ConfigNode | undefined,
  period: Setting<number> | undefined,
  tenant?: string,
): Omit<RetentionFact, 'enablers'>[] {
  const common = { signal: 'logs' as const, ...(tenant === undefined ? {} : { tenant }) };
  const facts: Omit<RetentionFact, 'enablers'>[] = period === undefined ? [] : [{ ...common, period }];
  for (const rule of itemsOf(nodeAt(limits, 'retention_stream'))) {
    const selector = textAt(rule, 'selector');
    const key = 'limits_config.retention_stream.period';
    const each = mapSetting(scalarSetting(key, nodeAt(rule, 'period')), (value) =>
      parsePrometheusDuration(String(value)),
    );
    if (each !== undefined) facts.push({ ...common, period: each, ...(selector === undefined ? {} : { selector }) });
  }
  return facts;
}

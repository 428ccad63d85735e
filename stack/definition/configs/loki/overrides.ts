import { type ConfigNode, entriesOf, nodeAt } from '../../config-node.ts';
import type { ConfigFile } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { readYaml, resolvePath } from '../shared/container-files.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { mapSetting, scalarSetting } from '../shared/facts-builder.ts';
import type { FindingList, KeyShape } from '../shared/findings.ts';
import { reportTableFaults } from '../shared/table-faults.ts';
import { type LokiConfig, lokiKeys } from './config.ts';
import { LOKI_TABLE_VERSION } from './keys-3-7.ts';

/** What the runtime file (or the older `per_tenant_override_config`) says of one tenant. */
export interface TenantOverride {
  readonly tenant: string;
  readonly node: ConfigNode;
  readonly retention?: Setting<number>;
}

/**
 * Reads the per-tenant limits of `runtime_config.file` and `limits_config.per_tenant_override_config`.
 *
 * @see https://grafana.com/docs/loki/latest/configure/#runtime-configuration-file
 */
export function readOverrides(
  config: LokiConfig,
  context: ReaderContext,
  findings: FindingList,
): { files: ConfigFile[]; overrides: TenantOverride[] } {
  const files: ConfigFile[] = [];
  const overrides: TenantOverride[] = [];
  const named = [config.text('runtime_config.file'), config.text('limits_config.per_tenant_override_config')];
  for (const setting of named) {
    if (setting === undefined || setting.value === '') continue;
    for (const part of setting.value.split(',')) {
      const read = readYaml(context, resolvePath(config.workingDir, part.trim()), findings, {
        what: 'runtime configuration',
        yaml: 'v3',
        ...(setting.at === undefined ? {} : { namedAt: setting.at }),
      });
      if (read === undefined) continue;
      files.push(read.file);
      if (read.root === undefined) continue;
      reportTableFaults(findings, {
        engine: 'Loki',
        root: read.root,
        table: {
          ...lokiKeys(),
          shape: {
            keys: { overrides: { map: limitsShape() }, configs: 'any', multi_kv_config: 'any', default: 'any' },
          },
        },
        tableVersion: LOKI_TABLE_VERSION,
        version: context.version,
      });
      for (const [tenant, entry] of entriesOf(nodeAt(read.root, 'overrides'))) {
        const period = scalarSetting(`overrides.${tenant}.retention_period`, nodeAt(entry.node, 'retention_period'));
        const retention = mapSetting(period, (value) => parsePrometheusDuration(String(value)));
        overrides.push({ tenant, node: entry.node, ...(retention === undefined ? {} : { retention }) });
      }
    }
  }
  return { files, overrides };
}

function limitsShape(): KeyShape {
  return lokiKeys().shape.keys.limits_config ?? 'any';
}

import { itemsOf, textAt } from '../../config-node.ts';
import type { RetentionFact } from '../../facts.ts';
import { mapSetting, setting } from '../shared/facts-builder.ts';
import type { LokiConfig } from './config.ts';
import { promisedPeriods } from './limits.ts';
import type { TenantOverride } from './overrides.ts';

type Enabler = RetentionFact['enablers'][number];

/**
 * What Loki promises to delete, and everything that must be on for it: the compactor's retention, its store of delete
 * requests, an index of 24 hours, and a process that runs the compactor at all. A period of 0 keeps for ever and needs
 * nothing. The old table manager's retention counts as a promise as well; with a `tsdb` index it deletes nothing.
 *
 * @see https://grafana.com/docs/loki/latest/operations/storage/retention/
 */
export function readRetention(config: LokiConfig, overrides: readonly TenantOverride[]): RetentionFact[] {
  const enablers = compactorEnablers(config);
  const period = config.number('limits_config.retention_period');
  const said = period?.from !== 'default' || config.bool('compactor.retention_enabled').value;
  const promised = [
    ...promisedPeriods(config.node('limits_config'), said ? period : undefined),
    ...overrides.flatMap(({ tenant, node, retention }) => promisedPeriods(node, retention, tenant)),
  ];
  const facts = promised.map((fact) => ({ ...fact, enablers: fact.period?.value === 0 ? [] : enablers }));
  return [...facts, ...tableManager(config)];
}

function compactorEnablers(config: LokiConfig): Enabler[] {
  const enabled = config.bool('compactor.retention_enabled');
  const store =
    config.text('compactor.delete_request_store') ?? setting('compactor.delete_request_store', '', 'default');
  const list: Enabler[] = [
    {
      setting: enabled,
      satisfied: enabled.value,
      remedy: 'Set compactor.retention_enabled: true; without it nothing is ever deleted.',
    },
    {
      setting: store,
      satisfied: store.value !== '',
      remedy: 'Set compactor.delete_request_store to the object store of the schema, such as filesystem.',
    },
  ];
  const periods = itemsOf(config.node('schema_config.configs'));
  const current = periods.findLast((node) => Date.parse(textAt(node, 'from') ?? '') <= Date.now()) ?? periods[0];
  const index = textAt(current, 'store');
  if (current !== undefined && index !== undefined) {
    const supported = ['tsdb', 'boltdb-shipper'].includes(index);
    list.push({
      setting: setting('schema_config.configs.store', index, 'file', current.at),
      satisfied: supported,
      remedy: 'Add a schema period with "store: tsdb": the compactor deletes from tsdb and boltdb-shipper only.',
    });
  }
  if (!config.runs('compactor', 'backend')) {
    const target = config.text('target') ?? setting('target', 'all', 'default');
    list.push({
      setting: target,
      satisfied: false,
      remedy: 'Run a process with the target compactor, backend or all.',
    });
  }
  return list;
}

function tableManager(config: LokiConfig): RetentionFact[] {
  const period = config.number('table_manager.retention_period');
  if (period === undefined || period.from === 'default' || period.value === 0) return [];
  const deletes = config.bool('table_manager.retention_deletes_enabled');
  const stores = itemsOf(config.node('schema_config.configs')).map((node) => textAt(node, 'store') ?? '');
  const shipped = stores.find((store) => ['tsdb', 'boltdb-shipper'].includes(store));
  const remedy = 'Move the period to limits_config.retention_period, and set compactor.retention_enabled: true.';
  return [
    {
      signal: 'logs',
      period: mapSetting(period, (value) => value) ?? period,
      enablers: [
        { setting: deletes, satisfied: deletes.value, remedy },
        {
          setting: setting('schema_config.configs.store', shipped ?? '', 'file', config.place('schema_config.configs')),
          satisfied: shipped === undefined,
          remedy: `The table manager deletes nothing from a ${shipped ?? 'tsdb'} index. ${remedy}`,
        },
      ],
    },
  ];
}

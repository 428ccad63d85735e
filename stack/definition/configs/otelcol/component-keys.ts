import { type ConfigNode, entriesOf, nodeAt } from '../../config-node.ts';
import { didYouMean, type FindingList, type KeyShape, visitUnknownKeys } from '../shared/findings.ts';
import { parseKeyTable } from '../shared/key-table.ts';
import { atLeast, isNewerMinor } from '../shared/versions.ts';
import { COLLECTOR_KEYS, COLLECTOR_TABLE_VERSION, LENIENT_PLACES } from './keys-0-161.ts';
import { type CollectorModel, componentType } from './model.ts';

/** Components that a Collector no longer has, and what takes their place. */
const GONE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  exporters: {
    logging: 'Use the debug exporter.',
    loki: 'Use otlp_http (otlphttp) with the endpoint http://loki:3100/otlp: Loki takes OTLP itself.',
    jaeger: 'Use otlp_grpc (otlp): Jaeger takes OTLP itself.',
  },
  processors: {
    spanmetrics: 'Use the span_metrics (spanmetrics) connector.',
    servicegraph: 'Use the servicegraph connector.',
  },
  extensions: { memoryballast: 'Remove it, and set GOMEMLIMIT.', ballast: 'Remove it, and set GOMEMLIMIT.' },
};

const SINGULAR = {
  receivers: 'receiver',
  processors: 'processor',
  exporters: 'exporter',
  connectors: 'connector',
  extensions: 'extension',
} as const;

/**
 * What the configuration needs of a Collector's binary, as `receiver/otlp`: a component that is declared and that
 * nobody uses counts too, since the Collector reads all of them. Those that no Collector has any more are left out:
 * no binary could be found that has them, and the Collector itself says best what it makes of them.
 */
export function neededComponents(model: CollectorModel): readonly string[] {
  const keys = new Set<string>();
  for (const kind of ['receivers', 'processors', 'exporters', 'connectors', 'extensions'] as const) {
    for (const { id, type } of model.components[kind].values()) {
      if (GONE[kind]?.[type] === undefined) keys.add(`${SINGULAR[kind]}/${(id.split('/')[0] ?? '').trim()}`);
    }
  }
  return [...keys];
}

/** Components that are gone, and keys that moved. */
export function checkComponents(model: CollectorModel, version: string, findings: FindingList): void {
  checkKeys(model, version, findings);
  for (const kind of ['receivers', 'processors', 'exporters', 'connectors', 'extensions'] as const) {
    for (const component of model.components[kind].values()) {
      const remedy = GONE[kind]?.[component.type];
      if (remedy !== undefined) {
        const words = `Collectors of today have no ${component.id.split('/')[0]} among their ${kind}.`;
        findings.warning('CONFIG-GONE', component.at, words, remedy);
      }
    }
  }
  const address = nodeAt(model.root, 'service', 'telemetry', 'metrics', 'address');
  if (address !== undefined && atLeast(version, '0.123')) reportAddress(address, findings);
  for (const receiver of model.components.receivers.values()) {
    if (receiver.type !== 'otlp') continue;
    const protocols = entriesOf(nodeAt(receiver.node, 'protocols'));
    if (protocols.length === 0) {
      findings.error(
        'CONFIG-VALUE',
        receiver.at,
        `The receiver ${receiver.id} has no protocols, and the Collector refuses it.`,
        'Add protocols with grpc: or http: (or both) under it.',
      );
    }
  }
}

function reportAddress(address: ConfigNode, findings: FindingList): void {
  findings.error(
    'CONFIG-REMOVED-KEY',
    address.at,
    'service.telemetry.metrics.address is gone since Collector 0.123, which refuses it.',
    'Use service.telemetry.metrics.readers with a pull exporter.',
  );
}

let shapes: ReadonlyMap<string, { readonly path: string; readonly shape: KeyShape }> | undefined;

/** Key tables by kind and canonical type: `exporters/otlphttp`. */
function shapeOf(kind: string, type: string) {
  if (shapes === undefined) {
    const found = new Map<string, { path: string; shape: KeyShape }>();
    for (const [kindName, table] of Object.entries(parseKeyTable(COLLECTOR_KEYS).shape.keys)) {
      if (typeof table !== 'object' || !('keys' in table)) continue;
      for (const [name, shape] of Object.entries(table.keys)) {
        found.set(`${kindName}/${componentType(name)}`, { path: `${kindName}.${name}`, shape });
      }
    }
    shapes = found;
  }
  return shapes.get(`${kind}/${type}`);
}

/**
 * Keys that a component does not have. Where the version is not the table's, keys may have come or gone: then only what
 * looks like a slip of the pen is an error.
 */
function checkKeys(model: CollectorModel, version: string, findings: FindingList): void {
  const same = !isNewerMinor(version, COLLECTOR_TABLE_VERSION) && !isNewerMinor(COLLECTOR_TABLE_VERSION, version);
  for (const kind of ['receivers', 'processors', 'exporters', 'connectors', 'extensions'] as const) {
    for (const component of model.components[kind].values()) {
      const table = shapeOf(kind, component.type);
      if (table === undefined) continue;
      visitUnknownKeys(component.node, table.shape, (key, at, path, known) => {
        const place = [table.path, ...path.map((step) => (/^\d+$/.test(step) ? '[]' : step))].join('.');
        const meant = didYouMean(key, known);
        const where = path.length === 0 ? component.id : `${component.id}, under ${path.join('.')}`;
        const remedy =
          meant === undefined ? 'Remove the key, or move it to where it belongs.' : `Did you mean "${meant}"?`;
        if (LENIENT_PLACES.has(place)) {
          const message = `The Collector has no key "${key}" in ${where}, and drops it without a word.`;
          findings.warning('CONFIG-UNKNOWN-KEY', at, message, remedy);
        } else if (same || meant !== undefined) {
          const message = `The Collector has no key "${key}" in ${where}, and refuses the file.`;
          findings.error('CONFIG-UNKNOWN-KEY', at, message, remedy);
        } else {
          const message = `Collector ${COLLECTOR_TABLE_VERSION} has no key "${key}" in ${where}.`;
          findings.warning('CONFIG-UNKNOWN-KEY', at, message, remedy);
        }
      });
    }
  }
}

import { type ConfigNode, entriesOf, nodeAt } from '../../config-node.ts';
import type { FindingList } from '../shared/findings.ts';
import { atLeast } from '../shared/versions.ts';
import type { CollectorModel } from './model.ts';

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

/** Components that are gone, and keys that moved. */
export function checkComponents(model: CollectorModel, version: string, findings: FindingList): void {
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

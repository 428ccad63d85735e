import { itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Listener } from '../../facts.ts';
import { parseListenAddress } from '../shared/addresses.ts';
import { setting } from '../shared/facts-builder.ts';
import { atLeast } from '../shared/versions.ts';
import type { CollectorModel } from './model.ts';

/**
 * The Collector's own metrics: `service.telemetry.metrics`, by default `localhost:8888` (all addresses before 0.119).
 *
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/
 */
export function ownMetrics(model: CollectorModel, version: string): Listener[] {
  const metrics = nodeAt(model.root, 'service', 'telemetry', 'metrics');
  if (textAt(metrics, 'level') === 'none') return [];
  const common = {
    component: 'telemetry',
    protocol: 'prometheus-scrape',
    path: '/metrics',
    tls: false,
    signals: [],
  } as const;
  const on = (key: string) => setting(key, true, metrics === undefined ? 'default' : 'file', metrics?.at);
  const readers = nodeAt(metrics, 'readers');
  if (readers !== undefined) {
    return itemsOf(readers).flatMap((reader) => {
      const prometheus = nodeAt(reader, 'pull', 'exporter', 'prometheus');
      if (prometheus === undefined) return [];
      const host = textAt(prometheus, 'host') ?? 'localhost';
      const port = Number(textAt(prometheus, 'port') ?? 9464);
      return [{ ...common, host, port, enabled: on('service.telemetry.metrics.readers'), at: prometheus.at }];
    });
  }
  const address = nodeAt(metrics, 'address');
  const given =
    address === undefined || atLeast(version, '0.123') ? undefined : parseListenAddress(textAt(address) ?? '');
  const host = atLeast(version, '0.119') ? 'localhost' : '';
  const where = given ?? { host, port: 8888 };
  return [
    {
      ...common,
      ...where,
      enabled: on('service.telemetry.metrics'),
      ...(metrics === undefined ? {} : { at: metrics.at }),
    },
  ];
}

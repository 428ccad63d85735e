import { type ConfigNode, entriesOf, nodeAt, textAt } from '../../config-node.ts';
import type { Listener, Protocol } from '../../facts.ts';
import { parseListenAddress } from '../shared/addresses.ts';
import { setting } from '../shared/facts-builder.ts';
import { atLeast } from '../shared/versions.ts';

/** Receivers with the port that they bind where nothing else is said. */
const PROTOCOLS: Readonly<Record<string, { protocol: Protocol; port: number; path?: string }>> = {
  'otlp.grpc': { protocol: 'otlp-grpc', port: 4317 },
  'otlp.http': { protocol: 'otlp-http', port: 4318, path: '/v1/traces' },
  'jaeger.grpc': { protocol: 'jaeger-grpc', port: 14250 },
  'jaeger.thrift_http': { protocol: 'jaeger-thrift-http', port: 14268, path: '/api/traces' },
  zipkin: { protocol: 'zipkin', port: 9411, path: '/api/v2/spans' },
};

/**
 * The receivers of Tempo's distributor. Since 2.7 they bind the loopback address unless told otherwise, before that
 * all addresses.
 *
 * @param receivers The node at `distributor.receivers`.
 * @see https://grafana.com/docs/tempo/latest/configuration/#distributor
 */
export function tempoReceivers(receivers: ConfigNode | undefined, version: string): Listener[] {
  const host = atLeast(version, '2.7') ? 'localhost' : '0.0.0.0';
  const listeners: Listener[] = [];
  for (const [written, { keyAt, node }] of entriesOf(receivers)) {
    const type = written.split('/')[0] ?? written;
    if (type === 'zipkin') listeners.push(...listener(written, 'zipkin', node, keyAt, host));
    for (const [name, protocol] of entriesOf(nodeAt(node, 'protocols'))) {
      listeners.push(...listener(written, `${type}.${name}`, protocol.node, protocol.keyAt, host));
    }
  }
  return listeners;
}

function listener(component: string, kind: string, node: ConfigNode, at: Listener['at'], host: string): Listener[] {
  const known = PROTOCOLS[kind];
  if (known === undefined) return [];
  const endpoint = textAt(node, 'endpoint');
  const address = endpoint === undefined ? { host, port: known.port } : parseListenAddress(endpoint);
  if (address === undefined) return [];
  const tls = nodeAt(node, 'tls');
  const clientCa = textAt(tls, 'client_ca_file');
  const where = nodeAt(node, 'endpoint')?.at ?? at;
  const key = `distributor.receivers.${component}`;
  return [
    {
      component: `${component}/${kind.split('.')[1] ?? kind}`,
      protocol: known.protocol,
      ...address,
      ...(known.path === undefined ? {} : { path: textAt(node, 'traces_url_path') ?? known.path }),
      tls: tls !== undefined,
      ...(clientCa === undefined ? {} : { clientCertificateRequired: true }),
      signals: ['traces'],
      enabled: where === undefined ? setting(key, true, 'default') : setting(key, true, 'file', where),
      ...(where === undefined ? {} : { at: where }),
    },
  ];
}

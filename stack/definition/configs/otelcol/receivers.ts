import { type ConfigNode, nodeAt, textAt } from '../../config-node.ts';
import type { AuthDemand, Listener, Protocol } from '../../facts.ts';
import type { Signal } from '../../types.ts';
import { parseListenAddress } from '../shared/addresses.ts';
import { setting } from '../shared/facts-builder.ts';
import type { FindingList } from '../shared/findings.ts';
import { atLeast } from '../shared/versions.ts';
import { type CollectorModel, type Component, componentType, signalsOf } from './model.ts';

/** Since 0.104 endpoints are bound to localhost unless they name an address (`component.UseLocalHostAsDefaultHost`). */
function defaultHost(version: string): string {
  return atLeast(version, '0.104') ? 'localhost' : '0.0.0.0';
}

interface Draft {
  readonly component: string;
  readonly protocol: Protocol;
  readonly node: ConfigNode | undefined;
  readonly port: number;
  readonly signals: readonly Signal[];
  readonly path?: string;
  readonly at: Component['at'];
  readonly key?: string;
}

/** What the receivers (and exporters and extensions that listen) open. Receivers that stand in no pipeline are not started. */
export function readListeners(model: CollectorModel, version: string, findings: FindingList): Listener[] {
  const listeners: Listener[] = [];
  const open = (draft: Draft): void => {
    const endpointNode = nodeAt(draft.node, draft.key ?? 'endpoint') ?? nodeAt(draft.node, 'endpoint');
    const written = textAt(endpointNode);
    const address =
      written === undefined ? { host: defaultHost(version), port: draft.port } : parseListenAddress(written);
    if (address === undefined) {
      findings.error(
        'CONFIG-ADDRESS',
        endpointNode?.at ?? draft.at,
        `"${written ?? ''}" is not an address for ${draft.component} to listen on.`,
        'Write host:port, such as 0.0.0.0:4317.',
      );
      return;
    }
    const tls = nodeAt(draft.node, 'tls');
    const clientCa = textAt(tls, 'client_ca_file') !== undefined;
    const auth = authOf(draft.node);
    listeners.push({
      component: draft.component,
      protocol: draft.protocol,
      ...address,
      ...(draft.path === undefined ? {} : { path: draft.path }),
      tls: tls !== undefined && tls.kind === 'map',
      ...(clientCa ? { clientCertificateRequired: true } : {}),
      signals: draft.signals,
      enabled: setting(`receivers.${draft.component}`, true, 'file', draft.at),
      ...(auth === undefined ? {} : { auth }),
      at: endpointNode?.at ?? draft.at,
    });
  };
  for (const receiver of model.components.receivers.values()) {
    const signals = signalsOf(model, 'receivers', receiver.id);
    if (signals.length > 0) for (const draft of draftsOf(receiver, signals)) open(draft);
  }
  for (const exporter of model.components.exporters.values()) {
    if (exporter.type !== 'prometheus' || signalsOf(model, 'exporters', exporter.id).length === 0) continue;
    const { id: component, node, at } = exporter;
    open({ component, protocol: 'prometheus-scrape', node, port: 8889, signals: [], path: '/metrics', at });
  }
  for (const { id } of model.enabled) {
    const extension = model.components.extensions.get(id);
    if (extension === undefined) continue;
    const { node, at, type } = extension;
    const port = EXTENSION_PORTS[type];
    if (port === undefined) continue;
    const path = type === 'healthcheck' ? (textAt(node, 'path') ?? '/') : '/';
    open({ component: id, protocol: 'http-api', node, port, signals: [], path, at });
  }
  return listeners;
}

const EXTENSION_PORTS: Readonly<Record<string, number>> = { healthcheck: 13133, pprof: 1777, zpages: 55679 };

function draftsOf(receiver: Component, signals: readonly Signal[]): Draft[] {
  const { id: component, node, at, type } = receiver;
  const common = { component, at, signals };
  const protocol = (name: string): ConfigNode | undefined => nodeAt(node, 'protocols', name);
  if (type === 'otlp') {
    const drafts: Draft[] = [];
    const [grpc, http] = [protocol('grpc'), protocol('http')];
    if (grpc !== undefined) drafts.push({ ...common, protocol: 'otlp-grpc', node: grpc, port: 4317, at: grpc.at });
    if (http === undefined) return drafts;
    // One listener a signal: each has a path of its own, which can be set.
    for (const signal of signals) {
      const fallback = signal === 'profiles' ? '/v1development/profiles' : `/v1/${signal}`;
      const path = textAt(http, `${signal}_url_path`) ?? fallback;
      const pathed = path.startsWith('/') ? path : `/${path}`;
      drafts.push({
        ...common,
        signals: [signal],
        protocol: 'otlp-http',
        node: http,
        port: 4318,
        path: pathed,
        at: http.at,
      });
    }
    return drafts;
  }
  if (type === 'zipkin') return [{ ...common, protocol: 'zipkin', node, port: 9411, path: '/api/v2/spans' }];
  if (type === 'loki') {
    return [{ ...common, protocol: 'loki-push', node: protocol('http'), port: 3500, path: '/loki/api/v1/push' }];
  }
  if (type === 'prometheusremotewrite') {
    return [{ ...common, protocol: 'prometheus-remote-write', node, port: 9090, path: '/api/v1/write' }];
  }
  if (type === 'jaeger') {
    const drafts: Draft[] = [];
    const [grpc, http] = [protocol('grpc'), protocol('thrift_http')];
    if (grpc !== undefined) drafts.push({ ...common, protocol: 'jaeger-grpc', node: grpc, port: 14250 });
    if (http !== undefined) {
      drafts.push({ ...common, protocol: 'jaeger-thrift-http', node: http, port: 14268, path: '/api/traces' });
    }
    return drafts;
  }
  if (type === 'syslog' && nodeAt(node, 'tcp') !== undefined) {
    return [{ ...common, protocol: 'syslog', node: nodeAt(node, 'tcp'), port: 54526, key: 'listen_address' }];
  }
  return [];
}

function authOf(node: ConfigNode | undefined): AuthDemand | undefined {
  const name = nodeAt(node, 'auth', 'authenticator');
  const id = textAt(name);
  if (name === undefined || id === undefined) return undefined;
  const type = componentType(id);
  const kind = type === 'basicauth' ? 'basic' : type === 'bearertokenauth' ? 'bearer' : 'other';
  return { kind, at: name.at };
}

import type { Output, Protocol } from '../../facts.ts';
import { attributeOf, blockOf, blocksOf } from '../../syntax/alloy/ast.ts';
import { listOf, textOf } from '../../syntax/alloy/values.ts';
import type { Signal } from '../../types.ts';
import { joinPath, parseGrpcTarget, parseUrlTarget, type TargetAddress } from '../shared/addresses.ts';
import type { FindingList } from '../shared/findings.ts';
import { otelcolClient, prometheusClient } from './client.ts';
import type { AlloyComponent, AlloyModuleReader } from './modules.ts';

/** What outputs are read with. */
export interface OutputContext {
  readonly reader: AlloyModuleReader;
  readonly findings: FindingList;
  /** Signals that reach the component; an exporter that nobody feeds has none. */
  readonly reaching: ReadonlySet<Signal>;
}

/** The remote ends that a component sends to; empty for every other component. */
export function outputsOf(component: AlloyComponent, context: OutputContext): Output[] {
  const signals = ALL.filter((signal) => context.reaching.has(signal));
  switch (component.type) {
    case 'otelcol.exporter.otlp':
      return otlpGrpc(component, signals, context);
    case 'otelcol.exporter.otlphttp':
      return otlpHttp(component, signals, context);
    case 'otelcol.exporter.loadbalancing':
      return loadBalancing(component, signals);
    case 'loki.write':
      return endpoints(component, 'loki-push', ['logs'], '', context);
    case 'prometheus.remote_write':
    case 'prometheus.write.queue':
      return endpoints(component, 'prometheus-remote-write', ['metrics'], '', context);
    case 'pyroscope.write':
      return endpoints(component, 'pyroscope-push', ['profiles'], '/push.v1.PusherService/Push', context);
    default:
      return [];
  }
}

const ALL: readonly Signal[] = ['metrics', 'logs', 'traces', 'profiles'];

function otlpGrpc(component: AlloyComponent, signals: readonly Signal[], context: OutputContext): Output[] {
  const client = blockOf(component.block.body, 'client');
  const endpoint = client && component.scope.text(client.body, 'endpoint');
  if (client === undefined || endpoint === undefined) return [];
  const part = otelcolClient(component, client, endpoint);
  const address = parseGrpcTarget(endpoint, part.tlsInsecure !== true);
  const at = attributeOf(client.body, 'endpoint')?.at ?? client.at;
  if (address === undefined || address.host === '') {
    badEndpoint(component, endpoint, at, 'Write HOST:PORT.', context);
    return [];
  }
  return [
    { component: component.id, purpose: 'push', protocol: 'otlp-grpc', signals, target: { ...address, ...part }, at },
  ];
}

function otlpHttp(component: AlloyComponent, signals: readonly Signal[], context: OutputContext): Output[] {
  const { block, scope } = component;
  const client = blockOf(block.body, 'client');
  const base = client && scope.text(client.body, 'endpoint');
  const outputs: Output[] = [];
  for (const signal of signals.length === 0 ? ([undefined] as const) : signals) {
    const own = signal === undefined ? undefined : attributeOf(block.body, `${signal}_endpoint`);
    const given = own && scope.text(block.body, `${signal}_endpoint`);
    const url = given !== undefined && given !== '' ? given : base;
    const at = given ? own?.at : client && attributeOf(client.body, 'endpoint')?.at;
    if (url === undefined || at === undefined) continue;
    const address = parseUrlTarget(url);
    if (address === undefined) {
      badEndpoint(component, url, at, 'Write http://HOST:PORT.', context);
      continue;
    }
    const path = given || signal === undefined ? address.path : joinPath(address.path, `/v1/${signal}`);
    outputs.push({
      component: component.id,
      purpose: 'push',
      protocol: 'otlp-http',
      signals: signal === undefined ? [] : [signal],
      target: { ...address, path, ...otelcolClient(component, client, url) },
      at,
    });
  }
  return outputs;
}

/** The hosts of a static resolver; with another one the ends cannot be told from the files. */
function loadBalancing(component: AlloyComponent, signals: readonly Signal[]): Output[] {
  const { scope, block } = component;
  const [resolver] = blocksOf(block.body, 'resolver').flatMap((inner) => blocksOf(inner.body, 'static'));
  const [protocol] = blocksOf(block.body, 'protocol').flatMap((inner) => blocksOf(inner.body, 'otlp'));
  const client = protocol && blockOf(protocol.body, 'client');
  if (resolver === undefined) return [];
  const part = otelcolClient(component, client);
  return listOf(scope.attribute(resolver.body, 'hostnames')).flatMap((host) => {
    const address = parseGrpcTarget(textOf(host) ?? '', part.tlsInsecure !== true, 4317);
    if (address === undefined || address.host === '') return [];
    return [
      {
        component: component.id,
        purpose: 'push',
        protocol: 'otlp-grpc',
        signals,
        target: { ...address, ...part },
        at: host.at,
      },
    ];
  });
}

function endpoints(
  component: AlloyComponent,
  protocol: Protocol,
  possible: readonly Signal[],
  suffix: string,
  context: OutputContext,
): Output[] {
  const { block, scope, id } = component;
  const signals = possible.filter((signal) => context.reaching.has(signal));
  return blocksOf(block.body, 'endpoint').flatMap((endpoint) => {
    const url = scope.text(endpoint.body, 'url');
    if (url === undefined) return [];
    const at = attributeOf(endpoint.body, 'url')?.at ?? endpoint.at;
    const address: TargetAddress | undefined = parseUrlTarget(url);
    if (address === undefined) {
      badEndpoint(component, url, at, 'Write http://HOST:PORT/PATH.', context);
      return [];
    }
    const path = suffix === '' ? address.path : joinPath(address.path, suffix);
    const part = prometheusClient(component, endpoint, context.reader);
    return [{ component: id, purpose: 'push', protocol, signals, target: { ...address, path, ...part }, at }];
  });
}

function badEndpoint(
  component: AlloyComponent,
  written: string,
  at: Output['at'],
  remedy: string,
  context: OutputContext,
): void {
  const message =
    written === ''
      ? `The endpoint of ${component.id} is empty, perhaps because a variable is not set.`
      : `"${written}" is not an endpoint that ${component.type} can send to.`;
  // One `endpoint` stands for several signals.
  const said = context.findings.all.some((finding) => finding.id === 'CONFIG-ALLOY-ENDPOINT' && finding.at === at);
  if (!said) context.findings.error('CONFIG-ALLOY-ENDPOINT', at, message, remedy);
}

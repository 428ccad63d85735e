import type { AuthDemand, Listener, Protocol } from '../../facts.ts';
import type { Position } from '../../position.ts';
import { type AlloyBlock, attributeOf, blockOf, blocksOf } from '../../syntax/alloy/ast.ts';
import { numberOf } from '../../syntax/alloy/values.ts';
import type { Signal } from '../../types.ts';
import { parseListenAddress } from '../shared/addresses.ts';
import { setting } from '../shared/facts-builder.ts';
import type { AlloyComponent } from './modules.ts';

/** The addresses that a receiver binds; empty for every other component. */
export function listenersOf(component: AlloyComponent): Listener[] {
  return LISTENERS[component.type]?.(component) ?? [];
}

const OTLP: readonly Signal[] = ['metrics', 'logs', 'traces'];

const LISTENERS: Readonly<Record<string, (component: AlloyComponent) => Listener[]>> = {
  'otelcol.receiver.otlp': (component) => {
    const grpc = blockOf(component.block.body, 'grpc');
    const http = blockOf(component.block.body, 'http');
    return [
      ...(grpc === undefined ? [] : endpoint(component, grpc, 'otlp-grpc', '0.0.0.0:4317', OTLP)),
      ...(http === undefined ? [] : OTLP.flatMap((signal) => otlpHttp(component, http, signal))),
    ];
  },
  'otelcol.receiver.zipkin': (component) =>
    endpoint(component, component.block, 'zipkin', '0.0.0.0:9411', ['traces'], '/api/v2/spans'),
  'otelcol.receiver.jaeger': (component) =>
    blocksOf(component.block.body, 'protocols').flatMap((protocols) => [
      ...blocksOf(protocols.body, 'grpc').flatMap((grpc) =>
        endpoint(component, grpc, 'jaeger-grpc', '0.0.0.0:14250', ['traces']),
      ),
      ...blocksOf(protocols.body, 'thrift_http').flatMap((http) =>
        endpoint(component, http, 'jaeger-thrift-http', '0.0.0.0:14268', ['traces'], '/api/traces'),
      ),
    ]),
  'loki.source.api': (component) => dskitHttp(component, 'loki-push', '/loki/api/v1/push', ['logs']),
  'loki.source.syslog': (component) =>
    blocksOf(component.block.body, 'listener').flatMap((listener) => {
      const protocol = component.scope.text(listener.body, 'protocol') ?? 'tcp';
      return protocol === 'tcp' ? address(component, listener, 'address', 'syslog', ['logs']) : [];
    }),
  'prometheus.receive_http': (component) =>
    dskitHttp(component, 'prometheus-remote-write', '/api/v1/metrics/write', ['metrics']),
  'pyroscope.receive_http': (component) => dskitHttp(component, 'pyroscope-push', '', ['profiles']),
  'faro.receiver': (component) => {
    const server = blockOf(component.block.body, 'server');
    const body = server?.body ?? [];
    const host = component.scope.text(body, 'listen_address') ?? '127.0.0.1';
    const port = numberOf(component.scope.attribute(body, 'listen_port')) ?? 12347;
    const key = attributeOf(body, 'api_key');
    const auth: AuthDemand | undefined =
      key === undefined || component.scope.text(body, 'api_key') === '' ? undefined : { kind: 'other', at: key.at };
    const at = attributeOf(body, 'listen_port')?.at ?? server?.at ?? component.block.at;
    return [listener(component, 'http-api', { host, port }, ['logs', 'traces'], at, { path: '/collect', auth })];
  },
};

interface Extra {
  readonly path?: string;
  readonly tls?: boolean;
  readonly clientCertificateRequired?: boolean;
  readonly auth?: AuthDemand | undefined;
}

function listener(
  component: AlloyComponent,
  protocol: Protocol,
  { host, port }: { host: string; port: number },
  signals: readonly Signal[],
  at: Position,
  { path, tls = false, clientCertificateRequired, auth }: Extra = {},
): Listener {
  return {
    component: component.id,
    protocol,
    host,
    port,
    ...(path === undefined ? {} : { path }),
    tls,
    ...(clientCertificateRequired === undefined ? {} : { clientCertificateRequired }),
    signals,
    enabled: setting(component.id, true, 'file', component.block.at),
    ...(auth === undefined ? {} : { auth }),
    at,
  };
}

/** The servers of OpenTelemetry components: one `endpoint` attribute, `tls` and `auth` beside it. */
function endpoint(
  component: AlloyComponent,
  block: AlloyBlock,
  protocol: Protocol,
  fallback: string,
  signals: readonly Signal[],
  path?: string,
): Listener[] {
  const { scope } = component;
  const attribute = attributeOf(block.body, 'endpoint');
  const text = attribute === undefined ? fallback : scope.text(block.body, 'endpoint');
  const address = text === undefined ? undefined : parseListenAddress(text);
  if (address === undefined) return [];
  const tls = blockOf(block.body, 'tls');
  const clientCa = tls && (attributeOf(tls.body, 'client_ca_file') ?? attributeOf(tls.body, 'client_ca_pem'));
  return [
    listener(component, protocol, address, signals, attribute?.at ?? block.at, {
      ...(path === undefined ? {} : { path }),
      tls: tls !== undefined,
      ...(clientCa === undefined ? {} : { clientCertificateRequired: true }),
      auth: handlerAuth(component, block),
    }),
  ];
}

function otlpHttp(component: AlloyComponent, http: AlloyBlock, signal: Signal): Listener[] {
  const path = component.scope.text(http.body, `${signal}_url_path`) ?? `/v1/${signal}`;
  return endpoint(component, http, 'otlp-http', '0.0.0.0:4318', [signal], path.startsWith('/') ? path : `/${path}`);
}

function handlerAuth(component: AlloyComponent, block: AlloyBlock): AuthDemand | undefined {
  const attribute = attributeOf(block.body, 'auth');
  if (attribute === undefined) return undefined;
  const value = component.scope.evaluate(attribute.value);
  const handler = value.kind === 'reference' ? component.scope.resolve(value.path) : undefined;
  const type = handler === undefined || handler === 'opaque' ? '' : handler.component.type;
  if (type === 'otelcol.auth.basic') return { kind: 'basic', at: attribute.at };
  return { kind: type === 'otelcol.auth.bearer' ? 'bearer' : 'other', at: attribute.at };
}

/** The servers of Loki, Prometheus and Pyroscope components: a block `http` with address and port apart. */
function dskitHttp(
  component: AlloyComponent,
  protocol: Protocol,
  path: string,
  signals: readonly Signal[],
): Listener[] {
  const { scope, block } = component;
  const http = blockOf(block.body, 'http');
  const body = http?.body ?? [];
  const host = scope.text(body, 'listen_address') ?? '';
  const portAttribute = attributeOf(body, 'listen_port');
  const port = portAttribute === undefined ? 8080 : numberOf(scope.evaluate(portAttribute.value));
  if (port === undefined) return [];
  const tls = blockOf(body, 'tls');
  const demand = tls && scope.text(tls.body, 'client_auth_type');
  const extra: Extra = {
    ...(path === '' ? {} : { path }),
    tls: tls !== undefined,
    ...(demand === 'RequireAndVerifyClientCert' ? { clientCertificateRequired: true } : {}),
  };
  return [listener(component, protocol, { host, port }, signals, portAttribute?.at ?? http?.at ?? block.at, extra)];
}

function address(
  component: AlloyComponent,
  block: AlloyBlock,
  name: string,
  protocol: Protocol,
  signals: readonly Signal[],
): Listener[] {
  const attribute = attributeOf(block.body, name);
  const text = component.scope.text(block.body, name);
  const parsed = text === undefined ? undefined : parseListenAddress(text);
  if (parsed === undefined || attribute === undefined) return [];
  return [
    listener(component, protocol, parsed, signals, attribute.at, {
      tls: blockOf(block.body, 'tls_config') !== undefined,
    }),
  ];
}

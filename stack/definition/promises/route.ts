import { isLoopback } from '../configs/shared/addresses.ts';
import type { Listener, Output, Protocol } from '../facts.ts';
import { type Finding, formatPosition, type Position } from '../position.ts';
import type { ServiceDefinition, Signal } from '../types.ts';
import { resolveHost } from './hosts.ts';
import { type EngineService, isEngine, type StackView } from './stack-view.ts';

/** What breaks a promise, where, and what to do. */
export interface Breakage {
  readonly why: string;
  readonly at?: Position;
  readonly remedy: string;
}

/** Where a connection leads. */
export interface Route {
  /** The service at the other end; undefined outside the stack. */
  readonly to?: ServiceDefinition;
  /** What takes the connection there. */
  readonly listener?: Listener;
  /** Its service belongs to a profile that is off: nobody relies on it now. */
  readonly inactive?: boolean;
  readonly broken?: Breakage;
}

/** What is asked of the other end. */
export interface Call {
  readonly protocol: Protocol;
  readonly signals: readonly Signal[];
  readonly target: Output['target'];
  readonly at?: Position;
  /** Several protocols may be meant where the sender's own default decides. */
  readonly orProtocols?: readonly Protocol[];
  /** True: any listener on the port will do (a scrape, a query API behind a prefix). */
  readonly lenient?: boolean;
  /** True: data are sent, so a tenant and a signal matter. */
  readonly pushes?: boolean;
}

/**
 * Follows one connection from a service by host, port, protocol, path, TLS, tenant and credentials, as far as the
 * files tell. What they do not tell (another host, an unknown service) is not broken.
 */
export function followRoute(view: StackView, from: ServiceDefinition, call: Call): Route {
  const { target, at } = call;
  const here = at === undefined ? {} : { at };
  const found = resolveHost(view, from, target.host, target.port);
  if (found.kind === 'external') return {};
  if (found.kind === 'inactive') return { inactive: true };
  if (found.kind === 'nowhere') {
    const to = view.services.find((service) => service.name === found.service);
    return { ...(to === undefined ? {} : { to }), broken: { why: found.why, ...here, remedy: found.remedy } };
  }
  const known = found.services.filter(isEngine);
  const [any] = found.services;
  const listening = known.flatMap((service) =>
    service.facts.listeners
      .filter((listener) => listener.port === found.port)
      .map((listener) => ({ service, listener })),
  );
  const [first] = listening;
  if (first === undefined) {
    // A port of a service whose configuration is unknown may well be open.
    if (known.length < found.services.length || known.some((one) => unreadable(one) !== undefined))
      return any === undefined ? {} : { to: any };
    const to = known.find((service) => service !== from) ?? known[0] ?? any;
    return {
      ...(to === undefined ? {} : { to }),
      broken: { ...nobodyListens(from, to, call, found.port, found.loopback), ...here },
    };
  }
  const wanted = [call.protocol, ...(call.orProtocols ?? [])];
  const speaking = listening.filter(({ listener }) => wanted.includes(listener.protocol));
  const candidates = speaking.length > 0 || call.lenient !== true ? speaking : listening;
  const sameNamespace = found.services.includes(from);
  let worst: Route | undefined;
  for (const { service, listener } of candidates) {
    // Defaults say nothing of a configuration that could not be read; that it could not is told already.
    if (unreadable(service) !== undefined) return { to: service, listener };
    const broken = judge(from, service, listener, call, sameNamespace);
    if (broken === undefined) return { to: service, listener };
    worst ??= { to: service, listener, broken: { ...here, ...broken } };
  }
  if (worst !== undefined) return worst;
  return { to: first.service, broken: { ...wrongProtocol(first.service, call, found.port), ...here } };
}

function judge(
  from: ServiceDefinition,
  to: EngineService,
  listener: Listener,
  call: Call,
  sameNamespace: boolean,
): Breakage | undefined {
  const { target } = call;
  const where = place(listener.at);
  if (!sameNamespace && isLoopback(listener.host)) {
    return {
      why: `${to.name} listens on port ${listener.port} at ${listener.host} only${where}, which no other container reaches`,
      ...positioned(listener.at),
      remedy: `Bind ${listener.component} to 0.0.0.0:${listener.port}.`,
    };
  }
  const tls = speaksTls(target);
  if (tls !== undefined && tls !== listener.tls) {
    return {
      why: tls
        ? `${from.name} speaks TLS to ${target.written}, and ${to.name} listens without TLS there`
        : `${from.name} speaks without TLS to ${target.written}, and ${to.name} demands TLS there${where}`,
      remedy: tls
        ? 'Write http:// (or tls.insecure: true) at the sender, or give the receiver a certificate.'
        : 'Write https:// (or remove tls.insecure) at the sender, and give it the CA.',
    };
  }
  if (!pathFits(listener, call)) {
    return {
      why: `${from.name} asks ${to.name} for ${target.path === '' ? '/' : target.path}, and ${nameOf(listener.protocol)} is at ${pathOf(listener, call)}${where}`,
      remedy: `Change the path to ${pathOf(listener, call)}.`,
    };
  }
  const untaken = call.pushes === true ? call.signals.filter((signal) => !listener.signals.includes(signal)) : [];
  if (untaken.length > 0 && listener.signals.length > 0) {
    return {
      why: `${to.name} takes ${listener.signals.join(' and ')} at ${target.written}, and no ${untaken.join(' or ')}`,
      remedy: `Send ${untaken.join(' and ')} to a service that stores them.`,
    };
  }
  if (!listener.enabled.value) {
    return {
      why: `${nameOf(listener.protocol)} is off in ${to.name}: ${listener.enabled.key} is ${listener.enabled.at === undefined ? 'not set' : `off at ${formatPosition(listener.enabled.at)}`}`,
      ...positioned(listener.enabled.at ?? to.command?.[0]?.at ?? to.at),
      remedy: `Set ${listener.enabled.key} in ${to.name}.`,
    };
  }
  return judgeCaller(from, to, listener, call);
}

function judgeCaller(from: ServiceDefinition, to: EngineService, listener: Listener, call: Call): Breakage | undefined {
  const { target } = call;
  const { multiTenant } = to.facts;
  const namesTenant =
    target.tenant !== undefined ||
    target.headers.some((header) => header.toLowerCase() === 'x-scope-orgid') ||
    target.auth?.kind === 'header';
  // Engines answer /metrics and /ready without a tenant.
  if (multiTenant?.value === true && !namesTenant && call.lenient !== true && needsTenant(to)) {
    return {
      why: `${to.name} demands a tenant (${multiTenant.key}${multiTenant.at === undefined ? ' is on by default' : ` at ${formatPosition(multiTenant.at)}`}), and ${from.name} names none`,
      ...(multiTenant.at === undefined ? {} : {}),
      remedy: `Set the header X-Scope-OrgID at the sender, or switch ${multiTenant.key} off.`,
    };
  }
  const credentials = target.auth !== undefined || target.headers.some((header) => /^authorization$/i.test(header));
  if (listener.auth !== undefined && listener.auth.kind !== 'mtls' && listener.auth.kind !== 'other' && !credentials) {
    return {
      why: `${to.name} demands ${listener.auth.kind} authentication${place(listener.auth.at)}, and ${from.name} has no credentials`,
      remedy: 'Give the sender credentials.',
    };
  }
  return undefined;
}

function needsTenant(to: EngineService): boolean {
  return to.role === 'logs' || to.role === 'traces' || to.role === 'profiles';
}

/** True or false where the sender's side says so; undefined where its default decides. */
function speaksTls(target: Output['target']): boolean | undefined {
  if (target.scheme === 'https' || target.scheme === 'grpcs') return true;
  if (target.scheme === 'http' || target.scheme === 'grpc') return false;
  return target.tlsInsecure === true ? false : undefined;
}

function pathFits(listener: Listener, call: Call): boolean {
  if (call.protocol.endsWith('-grpc') || call.protocol === 'grpc-api' || call.lenient === true) return true;
  if (listener.protocol !== call.protocol && call.orProtocols === undefined) return true;
  const asked = trimmed(call.target.path);
  const [signal] = call.signals;
  const offered = listener.path === undefined ? undefined : trimmed(listener.path);
  if (offered === undefined || offered === '') {
    if (call.protocol === 'otlp-http' && call.pushes === true && listener.signals.length > 1) {
      return signal === undefined || !asked.startsWith('/v1')
        ? asked === '' || signal === undefined
        : call.signals.some((one) => asked === `/v1/${one}`);
    }
    return true;
  }
  return asked === offered || (!EXACT.has(call.protocol) && asked.startsWith(`${offered}/`));
}

/** Receivers at one path; an API has many below its own. */
const EXACT: ReadonlySet<Protocol> = new Set(['otlp-http', 'loki-push', 'prometheus-remote-write']);

function pathOf(listener: Listener, call: Call): string {
  return listener.path ?? (call.signals[0] === undefined ? '/' : `/v1/${call.signals[0]}`);
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '').replace(/\/{2,}/g, '/');
}

function nobodyListens(
  from: ServiceDefinition,
  to: ServiceDefinition | undefined,
  call: Call,
  port: number,
  loopback: boolean,
): Breakage {
  if (loopback) {
    return {
      why: `${call.target.host || 'localhost'} in the container of ${from.name} is that container itself, and nothing listens on port ${port} in it`,
      remedy: 'Write the name of the service that is meant.',
    };
  }
  const right = to?.facts?.listeners.filter((listener) => listener.protocol === call.protocol) ?? [];
  const [hint] = right;
  const offered = [...new Set((to?.facts?.listeners ?? []).map((listener) => listener.port))].join(', ');
  return {
    why:
      hint === undefined
        ? `nothing listens on port ${port} of ${to?.name ?? call.target.host}${offered === '' ? '' : ` (it listens on ${offered})`}`
        : `nothing listens on port ${port} of ${to?.name}: ${nameOf(call.protocol)} is on ${hint.port}${place(hint.at)}`,
    remedy:
      hint === undefined
        ? `Write a port on which ${to?.name ?? 'it'} listens.`
        : `Write port ${hint.port}, or let ${to?.name} listen on ${port}.`,
  };
}

function wrongProtocol(to: EngineService, call: Call, port: number): Breakage {
  const spoken = [...new Set(to.facts.listeners.filter((one) => one.port === port).map((one) => nameOf(one.protocol)))];
  const right = to.facts.listeners.find((listener) => listener.protocol === call.protocol);
  return {
    why: `port ${port} of ${to.name} speaks ${spoken.join(', ')}, and not ${nameOf(call.protocol)}`,
    remedy:
      right === undefined
        ? `Use a protocol that ${to.name} takes.`
        : `Write port ${right.port}, where ${to.name} takes ${nameOf(call.protocol)}.`,
  };
}

/** Why the configuration could not be read, so that what it lets in is not known. */
export function unreadable(service: EngineService): Finding | undefined {
  return service.facts.findings.find(
    ({ severity, id }) => severity === 'error' && /SYNTAX|MISSING|UNREADABLE/.test(id),
  );
}

const NAMES: Readonly<Record<Protocol, string>> = {
  'otlp-grpc': 'OTLP over gRPC',
  'otlp-http': 'OTLP over HTTP',
  'loki-push': "Loki's push API",
  'prometheus-remote-write': 'Prometheus remote write',
  'prometheus-scrape': 'Prometheus metrics',
  pushgateway: 'the push gateway API',
  'pyroscope-push': "Pyroscope's push API",
  zipkin: 'Zipkin',
  'jaeger-grpc': 'Jaeger gRPC',
  'jaeger-thrift-http': 'Jaeger Thrift over HTTP',
  syslog: 'syslog',
  'alertmanager-api': 'the Alertmanager API',
  'http-api': 'an HTTP API',
  'grpc-api': 'a gRPC API',
};

export function nameOf(protocol: Protocol): string {
  return NAMES[protocol];
}

function place(at: Position | undefined): string {
  return at === undefined ? '' : ` (${formatPosition(at)})`;
}

function positioned(at: Position | undefined): { at?: Position } {
  return at === undefined ? {} : { at };
}

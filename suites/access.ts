import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Auth, ClientOptions } from '../helpers/clients/http-types.ts';
import type { CredentialSource, Listener, Output } from '../stack/definition/facts.ts';
import type { ServiceDefinition, StackDefinition } from '../stack/definition/types.ts';
import { loadCatalog } from '../stack/engines/catalog.ts';
import { BlockedError } from './requirement.ts';
import type { Session } from './session.ts';

/** A tenant of Telltale's own, for a multi-tenant engine to which nobody in the stack names one. */
const OWN_TENANT = 'telltale';

/** The HTTP API of an engine: where it answers queries. */
export function apiListener(service: ServiceDefinition): Listener | undefined {
  return service.facts?.listeners.find((listener) => listener.protocol === 'http-api' && listener.enabled.value);
}

/** The port of the engine's HTTP API: as configured, else the engine's default. */
export function apiPort(service: ServiceDefinition): number {
  const configured = apiListener(service)?.port;
  if (configured !== undefined || service.engine === undefined) return configured ?? 0;
  return loadCatalog().entry(service.engine).ready.port;
}

/**
 * Address, tenant, credentials and CA of a service, from the senders that the stack itself has and `telltale.yaml`.
 * Without a port it is the API that answers queries, of the service itself or of the process beside it that has it.
 * @throws BlockedError where the service was not started, or wants credentials that the stack's files do not hold.
 */
export function clientOptionsFor(
  session: Pick<Session, 'definition' | 'stack' | 'intercept'>,
  asked: ServiceDefinition,
  options: { readonly port?: number; readonly tenant?: string } = {},
): ClientOptions {
  const service = options.port === undefined ? queriedAt(session.definition, asked) : asked;
  const port = options.port ?? apiPort(service);
  const endpoint = session.stack.endpoint(service.name, port);
  if (endpoint === undefined) {
    throw new BlockedError(`service ${service.name}`, `${service.name} has no address in this run.`);
  }
  const listener = service.facts?.listeners.find((other) => other.port === port) ?? apiListener(service);
  const tenant = options.tenant ?? tenantsOf(session.definition, service)[0];
  const auth = listener?.auth ? authFor(session.definition, service, listener) : undefined;
  const trust = listener?.tls ? trustFor(session.definition, service) : {};
  const prefix = listener?.protocol === 'http-api' ? (listener.path ?? '').replace(/\/+$/, '') : '';
  const direct = `${listener?.tls ? 'https' : 'http'}://${endpoint.host}:${endpoint.port}${prefix}`;
  return {
    baseUrl: session.intercept?.(service.name, direct) ?? direct,
    ...(tenant === undefined ? {} : { tenant }),
    ...(auth === undefined ? {} : { auth }),
    ...trust,
  };
}

/** Targets of processes that answer queries, best first. */
const QUERY_TARGETS = ['all', 'scalable-single-binary', 'query-frontend', 'read', 'querier'];

/** Loki and Tempo in several processes: what one takes is asked of another, of the same configuration. */
function queriedAt(definition: StackDefinition, service: ServiceDefinition): ServiceDefinition {
  const own = queryRank(service);
  if (own === undefined || own >= 0) return service;
  const file = (one: ServiceDefinition) => one.facts?.files[0]?.file;
  const siblings = definition.services
    .filter((other) => other.engine === service.engine && (queryRank(other) ?? -1) >= 0)
    .sort((one, other) => {
      const strange = Number(file(one) !== file(service)) - Number(file(other) !== file(service));
      return strange || (queryRank(one) ?? 0) - (queryRank(other) ?? 0);
    });
  return siblings[0] ?? service;
}

/** Place among `QUERY_TARGETS`, -1 for a process that answers none; undefined for an engine that is always whole. */
function queryRank({ engine, facts }: ServiceDefinition): number | undefined {
  if (engine !== 'loki' && engine !== 'tempo') return undefined;
  const target = facts?.settings.target?.value ?? 'all';
  const targets = String(target).split(',');
  return QUERY_TARGETS.findIndex((one) => targets.includes(one));
}

/** The tenants that the stack writes to in a multi-tenant engine; empty for one that has no tenants. */
export function tenantsOf(definition: StackDefinition, service: ServiceDefinition): readonly string[] {
  if (service.facts?.multiTenant?.value !== true) return [];
  const named = definition.settings.services[service.name]?.tenants ?? [];
  const sent = sendersTo(definition, service).flatMap(({ target }) =>
    target.tenant === undefined ? [] : [target.tenant],
  );
  const tenants = [...new Set([...named, ...sent])];
  return tenants.length > 0 ? tenants : [OWN_TENANT];
}

function sendersTo(definition: StackDefinition, service: ServiceDefinition) {
  return definition.services.flatMap((other) => outputsTo(other, service));
}

function outputsTo(sender: ServiceDefinition, service: ServiceDefinition): readonly Output[] {
  const names = new Set([
    service.name,
    service.containerName,
    service.hostname,
    ...Object.values(service.networks).flat(),
  ]);
  return (sender.facts?.outputs ?? []).filter(({ target }) => names.has(target.host));
}

function authFor(definition: StackDefinition, service: ServiceDefinition, listener: Listener): Auth {
  const set = definition.settings.services[service.name]?.credentials;
  const bearer = set?.bearerEnv === undefined ? undefined : process.env[set.bearerEnv];
  if (bearer) return { kind: 'bearer', token: bearer };
  const password = set?.passwordEnv === undefined ? undefined : process.env[set.passwordEnv];
  const username = set?.usernameEnv === undefined ? undefined : process.env[set.usernameEnv];
  if (username && password) return { kind: 'basic', username, password };
  for (const { target } of sendersTo(definition, service)) {
    const auth = target.auth && authFrom(target.auth);
    if (auth) return auth;
  }
  const at = listener.auth?.at ? ` (${listener.auth.at.file}:${listener.auth.at.line})` : '';
  throw new BlockedError(
    `credentials of ${service.name}`,
    `Credentials needed: ${service.name} wants ${listener.auth?.kind ?? 'some'} authentication${at}, and no sender in this stack has any.`,
    `Add to telltale.yaml: services: { ${service.name}: { credentials: { usernameEnv: NAME, passwordEnv: NAME } } }`,
  );
}

function authFrom(source: CredentialSource): Auth | undefined {
  const secret = source.secret?.();
  if (secret === undefined) return undefined;
  if (source.kind === 'basic' && source.username !== undefined) {
    return { kind: 'basic', username: source.username, password: secret };
  }
  return source.kind === 'bearer' ? { kind: 'bearer', token: secret } : undefined;
}

/**
 * Whom to trust, and by which name: as `telltale.yaml` says, else as a sender of the stack does. Where nobody in the
 * stack knows an authority, or all look away, Telltale has no other, and whether they are right to is not its clients'
 * question.
 */
function trustFor(
  definition: StackDefinition,
  service: ServiceDefinition,
): Pick<ClientOptions, 'ca' | 'serverName' | 'skipVerify'> {
  const file = definition.settings.services[service.name]?.ca;
  if (file !== undefined) {
    return { ca: readFileSync(resolve(definition.directory, file), 'utf8'), serverName: service.name };
  }
  for (const sender of definition.services) {
    for (const { target } of outputsTo(sender, service)) {
      const ca = target.tlsSkipVerify === true ? undefined : containerText(sender, target.caFile);
      if (ca !== undefined) return { ca, serverName: target.host };
    }
  }
  return { skipVerify: true };
}

/** What lies at a path of a service's container, if it comes from the host or the compose file. */
function containerText(service: ServiceDefinition, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const holding = service.mounts
    .filter(({ target }) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`))
    .sort((one, other) => other.target.length - one.target.length)[0];
  if (holding === undefined || holding.kind === 'volume' || holding.kind === 'tmpfs') return undefined;
  if (holding.kind !== 'bind' && holding.content !== undefined) return holding.content;
  const source = holding.source === undefined ? undefined : join(holding.source, path.slice(holding.target.length));
  return source !== undefined && existsSync(source) && statSync(source).isFile()
    ? readFileSync(source, 'utf8')
    : undefined;
}

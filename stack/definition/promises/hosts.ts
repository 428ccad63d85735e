import { isLoopback } from '../configs/shared/addresses.ts';
import { didYouMean } from '../configs/shared/findings.ts';
import type { PublishedPort, ServiceDefinition } from '../types.ts';
import type { StackView } from './stack-view.ts';

/** What a host name and port mean to the container that uses them. */
export type Resolution =
  /** Services behind that address (several where they share a network namespace or an alias), and the port there. */
  | {
      readonly kind: 'services';
      readonly services: readonly ServiceDefinition[];
      readonly port: number;
      readonly loopback: boolean;
    }
  /** A service of a profile that is off. */
  | { readonly kind: 'inactive'; readonly service: string }
  /** Outside the stack: nothing can be said from its files. */
  | { readonly kind: 'external' }
  | { readonly kind: 'nowhere'; readonly service?: string; readonly why: string; readonly remedy: string };

const HOST_NAMES = new Set(['host.docker.internal', 'host.containers.internal', 'gateway.docker.internal']);

/**
 * Resolves a host as the container of `from` does: service names, `container_name`, `hostname`, network aliases,
 * `extra_hosts`, loopback (the container itself), the host's published ports.
 *
 * @see https://docs.docker.com/compose/how-tos/networking/
 */
export function resolveHost(view: StackView, from: ServiceDefinition, hostWritten: string, port: number): Resolution {
  const host = hostWritten.toLowerCase().replace(/\.$/, '');
  if (host === '' || isLoopback(host) || host === '0.0.0.0' || host === '[::1]') return loopback(view, from, port);
  if (from.networkMode === 'none') {
    return {
      kind: 'nowhere',
      why: `${from.name} has network_mode: none and reaches nothing`,
      remedy: `Give ${from.name} a network.`,
    };
  }
  const extra = from.extraHosts
    .map((line) => /^([^:=]+)[:=](.*)$/.exec(line))
    .find((one) => one?.[1]?.toLowerCase() === host);
  if (extra !== undefined && extra !== null) {
    return extra[2] === 'host-gateway' ? onHost(view, port) : { kind: 'external' };
  }
  if (HOST_NAMES.has(host)) return onHost(view, port);
  if (ownNames(view, from).includes(host))
    return { kind: 'services', services: sharing(view, from), port, loopback: false };
  const named = view.services.filter((service) => service !== from && namesOf(view, service).includes(host));
  const [first] = named;
  if (first !== undefined) return among(view, from, host, named, first, port);
  const off = view.inactiveServices().find((service) => namesOf(view, service).includes(host));
  if (off !== undefined) return { kind: 'inactive', service: off.name };
  // Names with a dot belong to some DNS; single words only to this stack, or to a network that others join too.
  if (host.includes('.') || host.includes(':') || /[${}]/.test(host)) return { kind: 'external' };
  const joined = Object.keys(from.networks).some((key) => view.networks[key]?.external === true);
  if (joined || from.networkMode === 'host') return { kind: 'external' };
  return {
    kind: 'nowhere',
    why: `no service of this stack is called "${hostWritten}"`,
    remedy: suggestion(view, hostWritten),
  };
}

function suggestion(view: StackView, host: string): string {
  const names = view.services.map((service) => service.name);
  const meant = didYouMean(host, names);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  const recognised = view.services.filter((service) => service.engine !== undefined).map((service) => service.name);
  return `Write the name of a service (the engines here are ${recognised.join(', ')}), or remove the line.`;
}

function among(
  view: StackView,
  from: ServiceDefinition,
  host: string,
  named: readonly ServiceDefinition[],
  first: ServiceDefinition,
  port: number,
): Resolution {
  if (from.networkMode === 'host') {
    const published = named.find((service) => service.networkMode === 'host');
    return {
      kind: 'nowhere',
      service: first.name,
      why: `${from.name} runs in the host's network, where the name "${host}" does not resolve`,
      remedy: published === undefined ? `Use localhost and a published port of ${first.name}.` : 'Use localhost.',
    };
  }
  const reached = named.filter((service) => resolvesAndReaches(view, from, service, host));
  if (reached.length > 0) {
    const group = [...new Set(reached.flatMap((service) => sharing(view, service)))];
    return { kind: 'services', services: group, port, loopback: false };
  }
  if (first.networkMode === 'host') {
    return {
      kind: 'nowhere',
      service: first.name,
      why: `${first.name} runs in the host's network, so its name does not resolve in ${from.name}`,
      remedy: 'Use host.docker.internal with extra_hosts: ["host.docker.internal:host-gateway"], or give it a network.',
    };
  }
  return {
    kind: 'nowhere',
    service: first.name,
    why: `${from.name} (${listOf(networksOf(view, from))}) and ${first.name} (${listOf(networksOf(view, first))}) share no network`,
    remedy: `Put ${from.name} and ${first.name} on a common network.`,
  };
}

function listOf(networks: ReadonlyMap<string, readonly string[]>): string {
  return networks.size === 0 ? 'no network' : `on ${[...networks.keys()].join(', ')}`;
}

function loopback(view: StackView, from: ServiceDefinition, port: number): Resolution {
  if (from.networkMode === 'host') {
    const onThisPort = onHost(view, port);
    if (onThisPort.kind === 'services') return onThisPort;
    const beside = view.services.filter((service) => service.networkMode === 'host');
    return { kind: 'services', services: beside, port, loopback: true };
  }
  return { kind: 'services', services: sharing(view, from), port, loopback: true };
}

/** The service whose published port it is; a port that nobody publishes belongs to a process of the host. */
function onHost(view: StackView, port: number): Resolution {
  for (const service of view.services) {
    const published = service.ports.find((one: PublishedPort) => one.published === port && one.protocol === 'tcp');
    if (published !== undefined) {
      return { kind: 'services', services: sharing(view, service), port: published.target, loopback: false };
    }
  }
  const host = view.services.filter((service) => service.networkMode === 'host');
  return host.length > 0 && host.some((service) => service.facts?.listeners.some((one) => one.port === port) === true)
    ? { kind: 'services', services: host, port, loopback: true }
    : { kind: 'external' };
}

/** The service and all that share its network namespace. */
export function sharing(view: StackView, service: ServiceDefinition): readonly ServiceDefinition[] {
  const owner = netnsOwner(view, service);
  return view.services.filter((one) => netnsOwner(view, one) === owner);
}

function netnsOwner(view: StackView, service: ServiceDefinition, depth = 0): string {
  const mode = service.networkMode;
  if (mode === 'host') return ' host';
  const shared = /^(?:service|container):(.+)$/.exec(mode ?? '')?.[1];
  const owner =
    shared === undefined ? undefined : view.services.find((one) => one.name === shared || one.containerName === shared);
  return owner === undefined || depth > 8 ? service.name : netnsOwner(view, owner, depth + 1);
}

/** Network key → aliases, of the service or of the one whose network namespace it shares. */
function networksOf(view: StackView, service: ServiceDefinition): ReadonlyMap<string, readonly string[]> {
  const owner = view.services.find((one) => one.name === netnsOwner(view, service)) ?? service;
  if (owner.networkMode !== undefined && owner.networkMode !== 'bridge') return new Map();
  const entries = Object.entries(owner.networks);
  return new Map(entries.length === 0 ? [['default', []]] : entries);
}

function resolvesAndReaches(view: StackView, from: ServiceDefinition, to: ServiceDefinition, host: string): boolean {
  const mine = networksOf(view, from);
  const theirs = networksOf(view, to);
  if (/^(service|container):/.test(to.networkMode ?? '')) return false;
  return [...theirs].some(
    ([network, aliases]) =>
      mine.has(network) && (namesWithoutAliases(view, to).includes(host) || namedIn(view, network, aliases, host)),
  );
}

function namedIn(view: StackView, network: string, aliases: readonly string[], host: string): boolean {
  const name = view.networks[network]?.name ?? network;
  return aliases.some((alias) => alias.toLowerCase() === host || `${alias}.${name}`.toLowerCase() === host);
}

function namesOf(
  view: StackView,
  service: Pick<ServiceDefinition, 'name' | 'containerName' | 'hostname' | 'networks' | 'replicas'>,
): string[] {
  const aliases = Object.values(service.networks)
    .flat()
    .map((alias) => alias.toLowerCase());
  return [...namesWithoutAliases(view, service), ...aliases];
}

function namesWithoutAliases(
  view: StackView,
  service: Pick<ServiceDefinition, 'name' | 'containerName' | 'hostname' | 'networks' | 'replicas'>,
): string[] {
  const plain = [service.name, service.containerName, service.hostname].flatMap((name) =>
    name === undefined ? [] : [name],
  );
  for (let index = 1; index <= Math.max(1, Math.min(service.replicas, 20)); index++) {
    if (service.containerName === undefined)
      plain.push(`${view.name}-${service.name}-${index}`, `${view.name}_${service.name}_${index}`);
  }
  const keys = Object.keys(service.networks);
  const networks = (keys.length === 0 ? ['default'] : keys).map(
    (key) => view.networks[key]?.name ?? `${view.name}_${key}`,
  );
  return [...plain, ...networks.flatMap((network) => plain.map((name) => `${name}.${network}`))].map((name) =>
    name.toLowerCase(),
  );
}

/** Names by which a container knows itself. */
function ownNames(view: StackView, service: ServiceDefinition): string[] {
  return /^(host|none)$/.test(service.networkMode ?? '')
    ? [service.hostname ?? ''].filter((name) => name !== '').map((name) => name.toLowerCase())
    : namesOf(view, service);
}

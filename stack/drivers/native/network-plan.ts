import type { ServiceDefinition, StackDefinition } from '../../definition/types.ts';

/** Where each service is to be found: pure arithmetic over the definition, tried out without any namespace. */
export interface NetworkPlan {
  readonly bridges: readonly Bridge[];
  readonly hosts: Readonly<Record<string, HostPlan>>;
}

export interface Bridge {
  /** Compose's key of the network. */
  readonly network: string;
  readonly device: string;
  /** Telltale's own address on it, and what `host-gateway` means to a service. */
  readonly gateway: string;
  readonly prefix: number;
}

export interface HostPlan {
  readonly service: string;
  /** Network namespace name; undefined with `network_mode: host`. */
  readonly namespace?: string;
  /** False: the namespace belongs to another service (`network_mode: service:x`). */
  readonly ownsNamespace: boolean;
  readonly hostname: string;
  readonly interfaces: readonly {
    readonly device: string;
    readonly peer: string;
    readonly bridge: Bridge;
    readonly address: string;
  }[];
}

const FIRST_HOST = 10;
/** Second number of the addresses: inside the run's own network they can collide with nothing. */
const FIRST_NETWORK = 200;

/**
 * Gives every network a bridge and every service an address on each of its networks.
 * @param instance tells stacks apart that one process starts, side by side or one after the other.
 */
export function planNetwork(definition: StackDefinition, instance = 0): NetworkPlan {
  const keys = new Set<string>();
  for (const service of definition.services) for (const key of Object.keys(service.networks)) keys.add(key);
  const bridges = [...keys].map((network, index) => ({
    network,
    device: `br${instance}x${index}`,
    gateway: `10.${FIRST_NETWORK + instance}.${index}.1`,
    prefix: 24,
  }));
  const byNetwork = new Map(bridges.map((bridge) => [bridge.network, bridge]));
  const hosts: Record<string, HostPlan> = {};
  definition.services.forEach((service, index) => {
    hosts[service.name] = planHost(service, index, byNetwork, instance);
  });
  return { bridges, hosts };
}

function planHost(
  service: ServiceDefinition,
  index: number,
  bridges: ReadonlyMap<string, Bridge>,
  instance: number,
): HostPlan {
  const hostname = service.hostname ?? service.containerName ?? service.name;
  const base = { service: service.name, hostname };
  const shared = service.networkMode?.startsWith('service:') ? service.networkMode.slice('service:'.length) : undefined;
  if (shared !== undefined)
    return { ...base, namespace: namespaceName(shared, instance), ownsNamespace: false, interfaces: [] };
  if (service.networkMode === 'host') return { ...base, ownsNamespace: false, interfaces: [] };
  const interfaces = Object.keys(service.networks).flatMap((network, position) => {
    const bridge = bridges.get(network);
    if (bridge === undefined) return [];
    const address = bridge.gateway.replace(/\.1$/, `.${FIRST_HOST + index}`);
    return [{ device: `eth${position}`, peer: `v${instance}x${index}x${position}`, bridge, address }];
  });
  return { ...base, namespace: namespaceName(service.name, instance), ownsNamespace: true, interfaces };
}

/** Names of namespaces are file names; compose's service names are safe for that. */
function namespaceName(service: string, instance: number): string {
  return `tt${instance}-${service}`;
}

/** The address at which Telltale reaches a service; undefined for one without any network. */
export function addressOf(plan: NetworkPlan, service: string): string | undefined {
  const host = plan.hosts[service];
  if (host === undefined) return undefined;
  if (host.namespace === undefined) return '127.0.0.1';
  if (host.ownsNamespace) return host.interfaces[0]?.address;
  const owner = Object.values(plan.hosts).find((other) => other.ownsNamespace && other.namespace === host.namespace);
  return owner?.interfaces[0]?.address;
}

/**
 * The names that those know who ask in a network, in lower case, with the addresses behind each: of all that share a
 * network with them.
 */
export function zoneOf(definition: StackDefinition, plan: NetworkPlan, asked: string): Map<string, string[]> {
  const zone = new Map<string, string[]>();
  const askers = Object.values(plan.hosts).filter(({ interfaces }) => interfaces[0]?.bridge.network === asked);
  const networks = new Set([
    asked,
    ...askers.flatMap(({ interfaces }) => interfaces.map(({ bridge }) => bridge.network)),
  ]);
  for (const network of networks) addNames(zone, definition, plan, network);
  return zone;
}

function addNames(zone: Map<string, string[]>, definition: StackDefinition, plan: NetworkPlan, network: string): void {
  for (const { name, networks, containerName } of definition.services) {
    const aliases = networks[network];
    const address = plan.hosts[name]?.interfaces.find((face) => face.bridge.network === network)?.address;
    if (aliases === undefined || address === undefined) continue;
    for (const alias of new Set([name, `tasks.${name}`, ...aliases, ...(containerName ? [containerName] : [])])) {
      const known = zone.get(alias.toLowerCase()) ?? [];
      zone.set(alias.toLowerCase(), [...known, address]);
    }
  }
}

/** What `/etc/hosts` of one service says: itself, everyone it shares a network with, and its `extra_hosts`. */
export function hostsFile(definition: StackDefinition, plan: NetworkPlan, service: ServiceDefinition): string {
  const lines = ['127.0.0.1 localhost', '::1 localhost ip6-localhost'];
  const mine = plan.hosts[service.name];
  for (const own of mine?.interfaces ?? []) lines.push(`${own.address} ${mine?.hostname}`);
  const networkOwner = service.networkMode?.startsWith('service:')
    ? definition.services.find((other) => `service:${other.name}` === service.networkMode)
    : service;
  for (const network of Object.keys(networkOwner?.networks ?? {})) {
    for (const other of definition.services) {
      const aliases = other.networks[network];
      const address = plan.hosts[other.name]?.interfaces.find((face) => face.bridge.network === network)?.address;
      if (aliases === undefined || address === undefined) continue;
      const names = new Set([other.name, ...aliases, ...(other.containerName ? [other.containerName] : [])]);
      lines.push(`${address} ${[...names].join(' ')}`);
    }
  }
  const gateway = plan.hosts[networkOwner?.name ?? '']?.interfaces[0]?.bridge.gateway ?? '127.0.0.1';
  for (const extra of service.extraHosts) {
    const match = /^([^=:]+)[=:](.+)$/.exec(extra);
    if (match) lines.push(`${match[2] === 'host-gateway' ? gateway : match[2]} ${match[1]}`);
  }
  return `${lines.join('\n')}\n`;
}

import { OWNER_LABEL } from '../owner.ts';
import type { ComposeModel, ModelNetwork, ModelService } from './compose-model.ts';
import { override, reset } from './override-file.ts';
import { networkOwner, type PlannedPort } from './ports.ts';
import type { BindPlan } from './scratch-binds.ts';

export interface OverrideRequest {
  readonly model: ComposeModel;
  readonly project: string;
  /** Undefined: nothing is labelled, so that no later run clears it away (`keep`). */
  readonly owner: string | undefined;
  /** Where ports are published: loopback, unless the engine is on another machine. */
  readonly publishOn: string;
  readonly binds: BindPlan;
  readonly ports: ReadonlyMap<string, readonly PlannedPort[]>;
  /** Services that are not started, from the beginning or because they could not be. */
  readonly leftOut: ReadonlySet<string>;
  /** Image to run where it is not the file's own: built here, or another version. */
  readonly images: Readonly<Record<string, string>>;
  /** Whole command where words are appended to it. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** Subnets that networks of this engine have already. */
  readonly takenSubnets: readonly string[];
}

/** The profile that nobody switches on. */
const LEFT_OUT = 'telltale-left-out';

/**
 * What is laid over the user's own files, so that a run neither touches what is theirs nor collides with it: names,
 * ports, volumes and networks of its own. How services are started, in which order and with which restart policy stays
 * as the files say.
 */
export function overrideContent(request: OverrideRequest): Readonly<Record<string, unknown>> {
  const { model } = request;
  const labels = labelsOf(request);
  return {
    services: Object.fromEntries(
      Object.entries(model.services).map(([name, service]) => [name, serviceOverride(name, service, request)]),
    ),
    networks: Object.fromEntries(
      Object.entries(model.networks).map(([key, network]) => [
        key,
        isReplaced(network, request)
          ? override({ labels, internal: network?.internal })
          : {
              name: `${request.project}_${key}`,
              labels,
              ...(network?.driver_opts ? { driver_opts: reset({}) } : {}),
            },
      ]),
    ),
    volumes: Object.fromEntries(
      Object.keys(model.volumes).map((key) => {
        const device = request.binds.devices[key];
        const options = device === undefined ? {} : { driver_opts: { type: 'none', o: 'bind', device } };
        return [key, override({ labels, ...options })];
      }),
    ),
  };
}

function labelsOf({ owner }: OverrideRequest): Record<string, string> | undefined {
  return owner === undefined ? undefined : { [OWNER_LABEL]: owner };
}

function serviceOverride(name: string, service: ModelService, request: OverrideRequest): Record<string, unknown> {
  if (request.leftOut.has(name)) return { profiles: override([LEFT_OUT]) };
  const { model, leftOut } = request;
  const ports = networkOwner(model, name) === name ? request.ports.get(name) : undefined;
  const image = request.images[name];
  const command = request.commands[name];
  const driver = service.logging?.driver;
  return {
    labels: labelsOf(request),
    container_name: service.container_name === undefined ? undefined : reset(),
    // Images are brought and built before, so that each one that fails costs its own service and no other.
    pull_policy: 'never',
    ...(image === undefined ? {} : { image, build: service.build === undefined ? undefined : reset() }),
    command: command === undefined ? undefined : override(command),
    // Only used where Testcontainers tears a failed start down, after all evidence has been taken.
    stop_grace_period: '1s',
    // A dependency that fails must not keep the others from being looked at: its own rows tell.
    depends_on: service.depends_on === undefined ? undefined : override(dependencies(service, leftOut)),
    links: service.links?.some((link) => leftOut.has(link.split(':')[0] ?? ''))
      ? override(service.links.filter((link) => !leftOut.has(link.split(':')[0] ?? '')))
      : undefined,
    external_links: service.external_links === undefined ? undefined : reset([]),
    // Logs must be readable: a plugin may not be there, and `none` keeps nothing.
    logging: driver === undefined || READABLE.has(driver) ? undefined : override({ driver: 'json-file' }),
    ...((service.deploy?.replicas ?? 1) > 1 ? { deploy: { replicas: 1 } } : {}),
    ...((service.scale ?? 1) > 1 ? { scale: 1 } : {}),
    networks: service.networks === undefined ? undefined : attachments(service, request),
    ports:
      ports === undefined && service.ports === undefined
        ? undefined
        : override((ports ?? []).map((port) => publish(port, request.publishOn))),
    volumes: request.binds.mounts[name],
  };
}

const READABLE: ReadonlySet<string> = new Set(['json-file', 'local', 'journald']);

function dependencies(service: ModelService, leftOut: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(service.depends_on ?? {})
      .filter(([other]) => !leftOut.has(other))
      .map(([other, { condition, restart }]) => [other, { condition, restart, required: false }]),
  );
}

function publish({ target, published, protocol }: PlannedPort, publishOn: string): Record<string, unknown> {
  return { target, published: String(published), protocol, host_ip: publishOn };
}

/** Container names resolve on Docker's networks, and the files may rely on that: they stay as aliases. */
function attachments(service: ModelService, request: OverrideRequest): Record<string, unknown> {
  const entries = Object.entries(service.networks ?? {}).map(([key, attachment]) => {
    const isFixed = attachment?.ipv4_address !== undefined || attachment?.ipv6_address !== undefined;
    const moved = isFixed && isReplaced(request.model.networks[key], request);
    return [
      key,
      {
        ...(service.container_name === undefined ? {} : { aliases: [service.container_name] }),
        ...(moved ? { ipv4_address: reset(), ipv6_address: reset() } : {}),
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** External networks are others' and may not be there; an address range that is in use cannot be had again. */
export function isReplaced(
  network: ModelNetwork | null | undefined,
  { takenSubnets }: Pick<OverrideRequest, 'takenSubnets'>,
): boolean {
  if (network?.external) return true;
  const subnets = (network?.ipam?.config ?? []).flatMap(({ subnet }) => subnet ?? []);
  return subnets.some((subnet) => takenSubnets.some((taken) => overlap(subnet, taken)));
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [range(one), range(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}

/** First and last address of an IPv4 range in CIDR notation; undefined for IPv6. */
function range(cidr: string): { readonly first: number; readonly last: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 32] = match.slice(1).map(Number);
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/** What of the user's project this run does otherwise, as sentences. */
export function overrideNotes({ model, takenSubnets, leftOut }: OverrideRequest): readonly string[] {
  const notes: string[] = [];
  for (const [key, network] of Object.entries(model.networks)) {
    if (network?.external) notes.push(`Network ${key} is external: a new one stands in for it, with this stack alone.`);
    else if (isReplaced(network, { takenSubnets })) {
      notes.push(`The address range of network ${key} is in use on this machine: the run has another one.`);
    }
  }
  for (const [key, volume] of Object.entries(model.volumes)) {
    if (volume?.external) notes.push(`Volume ${key} is external: a new and empty one stands in for it.`);
  }
  for (const [name, service] of Object.entries(model.services)) {
    if (leftOut.has(name)) continue;
    const replicas = Math.max(service.deploy?.replicas ?? 1, service.scale ?? 1);
    if (replicas > 1) notes.push(`${name} has ${replicas} replicas in the file, and one in this run.`);
    const driver = service.logging?.driver;
    if (driver !== undefined && !READABLE.has(driver)) {
      notes.push(`${name} logs with the driver ${driver}; in this run with json-file, so that its log can be read.`);
    }
    if (service.network_mode === 'host') {
      notes.push(`${name} uses the network of this machine, so its ports can collide with what runs here.`);
    }
  }
  return notes;
}

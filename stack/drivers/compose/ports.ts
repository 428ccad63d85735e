import { createServer } from 'node:net';
import type { ServiceDefinition, StackDefinition } from '../../definition/types.ts';
import { imageDefaults, loadCatalog } from '../../engines/catalog.ts';
import type { ComposeModel } from './compose-model.ts';

export interface PlannedPort {
  readonly target: number;
  readonly published: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Service whose network another one uses (`network_mode: service:x`), itself otherwise. */
export function networkOwner(model: ComposeModel, service: string): string {
  let owner = service;
  for (let hops = 0; hops < 10; hops += 1) {
    const mode = model.services[owner]?.network_mode;
    if (!mode?.startsWith('service:')) return owner;
    owner = mode.slice('service:'.length);
  }
  return owner;
}

/**
 * A free port of this machine for every container port that may be asked for, by the service that owns the network.
 * The ports stay the same over restarts, which those chosen by the engine do not.
 * @param exposed ports that the images themselves declare, by service.
 */
export async function planPorts(
  definition: StackDefinition,
  model: ComposeModel,
  exposed: Readonly<Record<string, readonly number[]>>,
): Promise<ReadonlyMap<string, readonly PlannedPort[]>> {
  const wanted = new Map<string, Set<string>>();
  for (const name of Object.keys(model.services)) {
    const owner = networkOwner(model, name);
    if (!model.services[owner]?.networks) continue;
    const ports = wanted.get(owner) ?? new Set();
    wanted.set(owner, ports);
    const service = definition.services.find((other) => other.name === name);
    for (const port of [...tcpPorts(service), ...(exposed[name] ?? [])]) ports.add(`${port}/tcp`);
    for (const { target, protocol } of model.services[name]?.ports ?? []) ports.add(`${target}/${protocol ?? 'tcp'}`);
  }
  const count = [...wanted.values()].reduce((sum, ports) => sum + ports.size, 0);
  const free = (await freePorts(count)).values();
  return new Map(
    [...wanted].map(([owner, ports]) => [
      owner,
      [...ports].map((port) => {
        const [target, protocol] = port.split('/');
        return {
          target: Number(target),
          published: free.next().value ?? 0,
          protocol: protocol === 'udp' ? 'udp' : 'tcp',
        };
      }),
    ]),
  );
}

function tcpPorts(service: ServiceDefinition | undefined): readonly number[] {
  if (service === undefined) return [];
  const listeners = (service.facts?.listeners ?? []).map(({ port }) => port);
  const image = service.engine === undefined ? [] : engineImagePorts(service);
  return [...listeners, ...service.expose, ...image].filter((port) => port > 0);
}

function engineImagePorts(service: ServiceDefinition): readonly number[] {
  if (service.engine === undefined) return [];
  const entry = loadCatalog().entry(service.engine);
  return [...imageDefaults(entry, service.image).ports, entry.ready.port];
}

/** Below the range from which systems take ports for outgoing connections, so that none is lost during a restart. */
const FIRST = 20_000;
const LAST = 31_999;

/** Distinct ports that nobody listens on, in random places so that two runs at once do not meet. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count && tries < count * 20 + 100; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

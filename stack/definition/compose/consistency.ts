import { isIP } from 'node:net';
import { type ConfigMap, type ConfigNode, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { NetworkDefinition, VolumeDefinition } from '../types.ts';
import { closest } from './closest.ts';
import { hasNetworks } from './networking.ts';
import type { ComposeService } from './service.ts';
import { refuse } from './tree.ts';

export interface ConsistencyInput {
  readonly root: ConfigMap;
  /** Services of the active profiles. */
  readonly services: readonly ComposeService[];
  /** Services that a profile switches off, with their profiles. */
  readonly inactive: Readonly<Record<string, readonly string[]>>;
  readonly networks: Readonly<Record<string, NetworkDefinition>>;
  readonly volumes: Readonly<Record<string, VolumeDefinition>>;
}

/**
 * What compose refuses once everything is merged: references to nothing, keys that exclude each other, circles.
 * @throws InputError
 */
export function checkConsistency(input: ConsistencyInput): void {
  for (const service of input.services) {
    const node = nodeAt(input.root, 'services', service.name);
    if (node === undefined) continue;
    checkImage(service, node);
    checkNetworks(service, node, input);
    checkDependencies(service, input);
    checkMounts(service, input);
    checkPorts(service, node);
    checkScale(service, node);
  }
  checkContainerNames(input.services);
  checkCircles(input.services);
}

function checkImage(service: ComposeService, node: ConfigNode): void {
  const { name, at, build } = service;
  if (service.image === undefined && build === undefined && nodeAt(node, 'provider') === undefined) {
    refuse(`services.${name} has neither an image nor a build.`, at, 'Add `image:` or `build:`.');
  }
  if (build?.dockerfile !== undefined && build.dockerfileInline !== undefined) {
    refuse(`services.${name}.build has both dockerfile and dockerfile_inline.`, build.at, 'Remove one of the two.');
  }
}

function checkNetworks(service: ComposeService, node: ConfigNode, input: ConsistencyInput): void {
  if (service.networkMode !== undefined && hasNetworks(node)) {
    const at = nodeAt(node, 'network_mode')?.at;
    refuse(`services.${service.name} has both network_mode and networks.`, at, 'Remove one of the two.');
  }
  for (const key of Object.keys(service.networks)) {
    if (Object.hasOwn(input.networks, key)) continue;
    const networks = nodeAt(node, 'networks');
    const at = networks?.kind === 'map' ? networks.entries.get(key)?.keyAt : networks?.at;
    const remedy = suggest(key, Object.keys(input.networks), 'Define it under the top-level `networks:`.');
    refuse(`services.${service.name} uses the network "${key}", which is not defined.`, at, remedy);
  }
}

function checkDependencies(service: ComposeService, { services, inactive }: ConsistencyInput): void {
  for (const dependency of service.dependsOn) {
    if (services.some(({ name }) => name === dependency.service)) continue;
    const profiles = Object.hasOwn(inactive, dependency.service) ? inactive[dependency.service] : undefined;
    if (profiles !== undefined && !dependency.required) continue;
    const names = [...services.map(({ name }) => name), ...Object.keys(inactive)];
    refuse(
      profiles === undefined
        ? `services.${service.name} depends on "${dependency.service}", and there is no such service.`
        : `services.${service.name} depends on "${dependency.service}", which only the profile ${profiles.join(' or ')} starts.`,
      dependency.at,
      profiles === undefined
        ? suggest(dependency.service, names, 'Correct the name, or remove the dependency.')
        : `Switch on the profile ${profiles[0]}, or write \`required: false\`.`,
    );
  }
}

function checkMounts(service: ComposeService, { volumes }: ConsistencyInput): void {
  const targets = new Map<string, number>();
  for (const mount of service.mounts) {
    if (mount.kind === 'config' || mount.kind === 'secret') continue;
    if (mount.kind === 'volume' && mount.volume !== undefined && !Object.hasOwn(volumes, mount.volume)) {
      const remedy = `Define it under the top-level \`volumes:\`, or write ./${mount.volume} for a directory.`;
      refuse(
        `services.${service.name} uses the volume "${mount.volume}", which is not defined.`,
        mount.at,
        suggest(mount.volume, Object.keys(volumes), remedy),
      );
    }
    const line = targets.get(mount.target);
    if (line !== undefined) {
      refuse(
        `services.${service.name} mounts ${mount.target} twice, first in line ${line}.`,
        mount.at,
        'Remove one of the two.',
      );
    }
    targets.set(mount.target, mount.at.line);
  }
}

function checkPorts(service: ComposeService, node: ConfigNode): void {
  for (const port of itemsOf(nodeAt(node, 'ports'))) {
    const hostIp = textAt(port, 'host_ip');
    if (hostIp === undefined || isIP(hostIp) !== 0) continue;
    refuse(
      `services.${service.name} publishes a port on "${hostIp}", which is no IP address.`,
      port.at,
      'Write an IP address.',
    );
  }
}

function checkScale(service: ComposeService, node: ConfigNode): void {
  const scale = textAt(node, 'scale');
  const replicas = textAt(node, 'deploy', 'replicas');
  const at = nodeAt(node, 'scale')?.at ?? nodeAt(node, 'deploy', 'replicas')?.at ?? service.at;
  if (scale !== undefined && replicas !== undefined && scale !== replicas) {
    refuse(`services.${service.name} has scale ${scale} and deploy.replicas ${replicas}.`, at, 'Keep one of the two.');
  }
  if (service.replicas < 0)
    refuse(`services.${service.name} has a negative number of replicas.`, at, 'Write 0 or more.');
  if (service.replicas > 1 && service.containerName !== undefined) {
    refuse(
      `services.${service.name} has ${service.replicas} replicas, and one container_name for all of them.`,
      at,
      'Remove `container_name:`.',
    );
  }
}

function checkContainerNames(services: readonly ComposeService[]): void {
  const seen = new Map<string, string>();
  for (const { name, containerName, at } of services) {
    if (containerName === undefined) continue;
    const other = seen.get(containerName);
    if (other !== undefined) {
      refuse(
        `services.${name} and services.${other} share the container_name "${containerName}".`,
        at,
        'Rename one of them.',
      );
    }
    seen.set(containerName, name);
  }
}

function checkCircles(services: readonly ComposeService[]): void {
  const byName = new Map(services.map((service) => [service.name, service]));
  const finished = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (finished.has(name)) return;
    for (const dependency of byName.get(name)?.dependsOn ?? []) {
      const start = [...trail, name].indexOf(dependency.service);
      if (start !== -1) {
        const circle = [...[...trail, name].slice(start), dependency.service].join(' → ');
        refuse(`Services depend on each other in a circle: ${circle}.`, dependency.at, 'Remove one `depends_on`.');
      }
      visit(dependency.service, [...trail, name]);
    }
    finished.add(name);
  };
  for (const { name } of services) visit(name, []);
}

function suggest(word: string, candidates: readonly string[], otherwise: string): string {
  const nearest = closest(word, candidates);
  return nearest === undefined ? otherwise : `Did you mean "${nearest}"?`;
}

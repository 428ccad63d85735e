import { type ConfigMap, type ConfigNode, entriesOf, nodeAt, textAt } from '../config-node.ts';
import type { NetworkDefinition, VolumeDefinition } from '../types.ts';
import { flag } from './mounts.ts';
import { refuse } from './tree.ts';

/** Top-level `networks:`, and the default one that needs no entry. */
export function readNetworkDefinitions(root: ConfigMap, project: string): Record<string, NetworkDefinition> {
  const networks: Record<string, NetworkDefinition> = {
    default: { name: `${project}_default`, external: false, internal: false },
  };
  for (const [key, { keyAt, node }] of entriesOf(nodeAt(root, 'networks'))) {
    const external = flag(node, 'external') ?? false;
    networks[key] = {
      name: nameOf(node, key, external, project),
      external,
      internal: flag(node, 'internal') ?? false,
      at: keyAt,
    };
  }
  return networks;
}

/** @throws InputError where an external volume is also described */
export function readVolumeDefinitions(root: ConfigMap, project: string): Record<string, VolumeDefinition> {
  const volumes: Record<string, VolumeDefinition> = {};
  for (const [key, { keyAt, node }] of entriesOf(nodeAt(root, 'volumes'))) {
    const external = flag(node, 'external') ?? false;
    if (external) {
      const other = entriesOf(node).find(([name]) => !['name', 'external'].includes(name) && !name.startsWith('x-'));
      if (other !== undefined) {
        refuse(
          `volumes.${key} is external, and so cannot have "${other[0]}".`,
          other[1].keyAt,
          'Remove one of the two.',
        );
      }
    }
    const device = isBindLike(node) ? textAt(node, 'driver_opts', 'device') : undefined;
    const name = nameOf(node, key, external, project);
    volumes[key] = { key, name, external, ...(device === undefined ? {} : { device }), at: keyAt };
  }
  return volumes;
}

function isBindLike(node: ConfigNode): boolean {
  const driver = textAt(node, 'driver') ?? 'local';
  const options = (textAt(node, 'driver_opts', 'o') ?? '').split(',');
  return driver === 'local' && (options.includes('bind') || options.includes('rbind'));
}

function nameOf(node: ConfigNode, key: string, external: boolean, project: string): string {
  return textAt(node, 'name') ?? (external ? key : `${project}_${key}`);
}

/** `configs` and `secrets` have exactly one source. @throws InputError */
export function checkFileObjects(root: ConfigMap): void {
  for (const [section, keys] of [
    ['configs', ['file', 'environment', 'content']],
    ['secrets', ['file', 'environment']],
  ] as const) {
    for (const [key, { keyAt, node }] of entriesOf(nodeAt(root, section))) {
      const given = keys.filter((each) => nodeAt(node, each) !== undefined);
      // The content of an environment variable is put there while reading.
      const sources = given.filter((each) => each !== 'content' || !given.includes('environment'));
      const words = keys.join(', ');
      if (sources.length > 1)
        refuse(`${section}.${key} has several sources: ${sources.join(' and ')}.`, keyAt, `Keep one of ${words}.`);
      if (sources.length === 0 && nodeAt(node, 'external') === undefined && nodeAt(node, 'driver') === undefined) {
        refuse(`${section}.${key} has no source.`, keyAt, `Give it one of ${words}.`);
      }
    }
  }
}

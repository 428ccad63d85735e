import { type ConfigMap, type ConfigNode, nodeAt, textAt } from '../config-node.ts';
import { textOf, toDependencies, toKeys } from './merge.ts';
import { parsePortSpec } from './port-spec.ts';
import { isNull, kindOf, list, record, refuse, transformAt, withEntry } from './tree.ts';
import { parseVolumeSpec } from './volume-spec.ts';

type Change = (node: ConfigNode) => ConfigNode;

const CHANGES: readonly (readonly [string, Change])[] = [
  ['services.*.build', (node) => (node.kind === 'scalar' && !isNull(node) ? record({ context: node }, node.at) : node)],
  ['services.*.depends_on', (node) => completeDependencies(toDependencies(node))],
  ['services.*.env_file', (node) => list((node.kind === 'list' ? node.items : [node]).map(toEnvFile), node.at)],
  ['services.*.networks', (node) => (isNull(node) ? node : toKeys(node))],
  ['services.*.ports', unfoldPorts],
  ['services.*.volumes.[]', toVolume],
  ['services.*.configs.[]', toFileMount],
  ['services.*.secrets.[]', toFileMount],
  ...['volumes.*', 'networks.*', 'secrets.*', 'configs.*'].map((pattern): [string, Change] => [
    pattern,
    adoptExternalName,
  ]),
];

/** Every short form of a compose file in its long form; an element keeps the place at which it stood. */
export function canonical(root: ConfigMap): ConfigMap {
  const result = transformAt(root, CHANGES);
  return result.kind === 'map' ? result : root;
}

function completeDependencies(node: ConfigMap): ConfigNode {
  return transformAt(node, [
    [
      '*',
      (dependency) => {
        if (dependency.kind !== 'map') return dependency;
        const defaults = record({ condition: 'service_started', required: true }, dependency.at);
        return { ...dependency, entries: new Map([...defaults.entries, ...dependency.entries]) };
      },
    ],
  ]);
}

function toEnvFile(node: ConfigNode): ConfigNode {
  if (node.kind === 'scalar') return record({ path: node, required: true }, node.at);
  return node.kind === 'map' && !node.entries.has('required')
    ? withEntry(node, 'required', record({ required: true }, node.at).entries.get('required')?.node ?? node)
    : node;
}

function unfoldPorts(node: ConfigNode): ConfigNode {
  if (node.kind !== 'list') return node;
  const items = node.items.flatMap((item): ConfigNode[] => {
    if (item.kind === 'map') return [item];
    if (item.kind === 'list')
      refuse(`A port cannot be ${kindOf(item)}.`, item.at, 'Write a port, or a mapping with `target:`.');
    return parsePortSpec(textOf(item), item.at).map((port) =>
      record(
        {
          mode: 'ingress',
          target: port.target,
          protocol: port.protocol,
          published: port.published === '' ? undefined : port.published,
          host_ip: port.hostIp === '' ? undefined : port.hostIp,
        },
        item.at,
      ),
    );
  });
  return { ...node, items };
}

function toVolume(node: ConfigNode): ConfigNode {
  if (node.kind !== 'scalar') return node;
  const spec = parseVolumeSpec(textOf(node), node.at);
  return record(
    {
      type: spec.type,
      source: spec.source,
      target: spec.target,
      read_only: spec.readOnly ? true : undefined,
      bind: spec.type === 'bind' ? record({ create_host_path: true }, node.at) : undefined,
    },
    node.at,
  );
}

function toFileMount(node: ConfigNode): ConfigNode {
  return node.kind === 'scalar' ? record({ source: node }, node.at) : node;
}

/** `external: {name: x}`, the form of old compose files. */
function adoptExternalName(node: ConfigNode): ConfigNode {
  const external = nodeAt(node, 'external');
  if (node.kind !== 'map' || external?.kind !== 'map') return node;
  const adopted = withEntry(node, 'external', { kind: 'scalar', at: external.at, value: true, raw: 'true' });
  const name = nodeAt(external, 'name');
  if (name === undefined || adopted.entries.has('name')) {
    if (name !== undefined && textAt(adopted, 'name') !== textOf(name)) {
      refuse('`name` and `external.name` differ.', name.at, 'Write `external: true` and one `name:`.');
    }
    return adopted;
  }
  return withEntry(adopted, 'name', name);
}

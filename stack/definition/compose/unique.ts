import { type ConfigMap, type ConfigNode, textAt } from '../config-node.ts';
import { textOf } from './merge.ts';
import { kindOf, refuse, transformAt } from './tree.ts';
import { parseVolumeSpec } from './volume-spec.ts';

type Indexer = (item: ConfigNode) => string;

const keyValue: Indexer = (item) => textOf(item).split('=', 1)[0] ?? '';

const INDEXERS: readonly (readonly [string, Indexer])[] = [
  ...[
    'networks.*.labels',
    'networks.*.ipam.options',
    ...['annotations', 'build.args', 'build.additional_contexts', 'build.tags', 'build.labels', 'cap_add', 'cap_drop']
      .concat(['deploy.labels', 'dns', 'dns_opt', 'dns_search', 'environment', 'labels', 'links', 'profiles'])
      .concat(['sysctls', 'tmpfs', 'networks.*.aliases', 'networks.*.link_local_ips', 'expose'])
      .map((key) => `services.*.${key}`),
  ].map((pattern): [string, Indexer] => [pattern, keyValue]),
  ['services.*.configs', (item) => fileMountTarget(item, '')],
  ['services.*.secrets', (item) => fileMountTarget(item, '/run/secrets')],
  ['services.*.devices', deviceTarget],
  ['services.*.env_file', (item) => textAt(item, 'path') ?? textOf(item)],
  ['services.*.ports', portKey],
  ['services.*.volumes', volumeTarget],
];

/** Of list items that mean the same (a mount target, a variable, a port), keeps the last, at the place of the first. */
export function unique(root: ConfigMap): ConfigMap {
  const changes = INDEXERS.map(([pattern, indexer]): [string, (node: ConfigNode) => ConfigNode] => [
    pattern,
    (node) => keepLast(node, indexer),
  ]);
  const result = transformAt(root, changes);
  return result.kind === 'map' ? result : root;
}

function keepLast(node: ConfigNode, indexer: Indexer): ConfigNode {
  if (node.kind !== 'list') return node;
  const items = new Map<string, ConfigNode>();
  for (const item of node.items) items.set(indexer(item), item);
  return items.size === node.items.length ? node : { ...node, items: [...items.values()] };
}

function fileMountTarget(item: ConfigNode, directory: string): string {
  if (item.kind === 'scalar') return `${directory}/${textOf(item)}`;
  return textAt(item, 'target') ?? `${directory}/${textAt(item, 'source')}`;
}

function deviceTarget(item: ConfigNode): string {
  if (item.kind !== 'scalar') return textAt(item, 'target') ?? '';
  const parts = textOf(item).split(':');
  return parts[1] ?? parts[0] ?? '';
}

function portKey(item: ConfigNode): string {
  if (item.kind === 'scalar') return textOf(item);
  const target = textAt(item, 'target');
  if (target === undefined) refuse('A port names no target.', item.at, 'Add `target:`, the port in the container.');
  const host = textAt(item, 'host_ip') ?? '0.0.0.0';
  return `${host}:${textAt(item, 'published')}:${target}/${textAt(item, 'protocol') ?? 'tcp'}`;
}

function volumeTarget(item: ConfigNode): string {
  if (item.kind === 'scalar') return parseVolumeSpec(textOf(item), item.at).target;
  const target = textAt(item, 'target');
  if (target === undefined) {
    refuse(
      `A volume names no target: ${kindOf(item)} without it.`,
      item.at,
      'Add `target:`, the path in the container.',
    );
  }
  return target;
}

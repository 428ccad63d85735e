import type { ConfigEntry, ConfigMap, ConfigNode, ConfigScalar } from '../config-node.ts';
import { formatPath, isNull, kindOf, list, map, matches, type Path, record, refuse, scalar } from './tree.ts';
import { formatNumber } from './units.ts';

type Merger = (base: ConfigNode, over: ConfigNode, path: Path) => ConfigNode;

const SPECIAL: readonly (readonly [string, Merger])[] = [
  ...[
    'networks.*.labels',
    'volumes.*.labels',
    'services.*.annotations',
    'services.*.build.args',
    'services.*.build.additional_contexts',
    'services.*.build.labels',
    'services.*.deploy.labels',
    'services.*.dns',
    'services.*.dns_opt',
    'services.*.dns_search',
    'services.*.env_file',
    'services.*.label_file',
    'services.*.environment',
    'services.*.labels',
    'services.*.sysctls',
    'services.*.tmpfs',
  ].map((pattern): [string, Merger] => [pattern, (base, over) => joinSequences(base, over)]),
  ...['services.*.command', 'services.*.entrypoint', 'services.*.healthcheck.test', 'services.*.ulimits.*'].map(
    (pattern): [string, Merger] => [pattern, (_base, over) => over],
  ),
  ...['services.*.extra_hosts', 'services.*.build.extra_hosts'].map((pattern): [string, Merger] => [
    pattern,
    mergeHosts,
  ]),
  ['services.*.build', (base, over, path) => mergeMaps(toBuild(base), toBuild(over), path)],
  ['services.*.depends_on', (base, over, path) => mergeMaps(toDependencies(base), toDependencies(over), path)],
  ['services.*.networks', (base, over, path) => mergeMaps(toKeys(base), toKeys(over), path)],
  ['services.*.models', (base, over, path) => mergeMaps(toKeys(base), toKeys(over), path)],
  ['services.*.logging', mergeLogging],
  ['networks.*.ipam.config', (_base, over) => over],
];

/**
 * Puts one compose file over another by compose's own rules: maps are joined, lists appended, scalars replaced,
 * with the exceptions of the specification (`command`, `entrypoint` and `healthcheck.test` are replaced;
 * `environment` and its like are joined in either form). {@link unique} has to follow.
 *
 * @throws InputError where the two have different shapes
 * @see https://docs.docker.com/reference/compose-file/merge/
 */
export function merge(base: ConfigMap, over: ConfigMap): ConfigMap {
  return mergeMaps(base, over, []);
}

/** Puts a service over the one that it extends. */
export function mergeService(base: ConfigMap, over: ConfigMap): ConfigMap {
  return mergeMaps(base, over, ['services', '*']);
}

function mergeMaps(base: ConfigMap, over: ConfigMap, path: Path): ConfigMap {
  const entries = new Map<string, ConfigEntry>(base.entries);
  for (const [key, entry] of over.entries) {
    const earlier = entries.get(key);
    const node = earlier === undefined ? entry.node : mergeNodes(earlier.node, entry.node, [...path, key]);
    entries.set(key, { keyAt: entry.keyAt, node });
  }
  return { ...base, at: over.at, entries };
}

function mergeNodes(base: ConfigNode, over: ConfigNode, path: Path): ConfigNode {
  const special = SPECIAL.find(([pattern]) => matches(path, pattern));
  if (special !== undefined) return special[1](base, over, path);
  if (isNull(over)) return base;
  if (base.kind === 'map') {
    if (over.kind !== 'map') cannotOverride(base, over, path);
    return mergeMaps(base, over, path);
  }
  if (base.kind === 'list') {
    if (over.kind !== 'list') cannotOverride(base, over, path);
    return { ...base, at: over.at, items: [...base.items, ...over.items] };
  }
  return over;
}

function cannotOverride(base: ConfigNode, over: ConfigNode, path: Path): never {
  refuse(
    `${formatPath(path)} is ${kindOf(over)} here and ${kindOf(base)} in ${base.at.file}:${base.at.line}: the two cannot be merged.`,
    over.at,
    'Write both in the same form, or tag this one with !override.',
  );
}

/** The items of a list; of a map, `KEY=value` for each entry, at the place of its value. */
export function toSequence(node: ConfigNode): readonly ConfigNode[] {
  if (node.kind === 'list') return node.items;
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node] : [];
  return [...node.entries].flatMap(([key, entry]) => keyValues(key, entry));
}

function keyValues(key: string, { keyAt, node }: ConfigEntry): ConfigNode[] {
  if (node.kind === 'list') return node.items.map((item) => scalar(`${key}=${textOf(item)}`, item.at));
  return isNull(node) ? [scalar(key, keyAt)] : [scalar(`${key}=${textOf(node)}`, node.at)];
}

/** A scalar as compose writes it where a string is wanted. */
export function textOf(node: ConfigNode): string {
  if (node.kind !== 'scalar' || node.value === null) return '';
  return typeof node.value === 'number' ? formatNumber(node.value, (node as ConfigScalar).raw) : String(node.value);
}

function joinSequences(base: ConfigNode, over: ConfigNode): ConfigNode {
  return list([...toSequence(base), ...toSequence(over)], over.at);
}

function mergeHosts(base: ConfigNode, over: ConfigNode): ConfigNode {
  const known = toSequence(base);
  const texts = new Set(known.map(textOf));
  return list([...known, ...toSequence(over).filter((item) => !texts.has(textOf(item)))], over.at);
}

function toBuild(node: ConfigNode): ConfigMap {
  if (node.kind === 'map') return node;
  return isNull(node) ? map([], node.at) : record({ context: node }, node.at);
}

/** `depends_on` in its long form. */
export function toDependencies(node: ConfigNode): ConfigMap {
  if (node.kind === 'map') return node;
  const items = node.kind === 'list' ? node.items : [];
  return map(
    items.map((item) => [
      textOf(item),
      { keyAt: item.at, node: record({ condition: 'service_started', required: true }, item.at) },
    ]),
    node.at,
  );
}

/** A list of names as a map of them. */
export function toKeys(node: ConfigNode): ConfigMap {
  if (node.kind === 'map') return node;
  const items = node.kind === 'list' ? node.items : [];
  return map(
    items.map((item) => [textOf(item), { keyAt: item.at, node: scalar(null, item.at) }]),
    node.at,
  );
}

/** Options are joined only where both name the same driver, or one names none. */
function mergeLogging(base: ConfigNode, over: ConfigNode, path: Path): ConfigNode {
  if (base.kind !== 'map' || over.kind !== 'map') return isNull(over) ? base : over;
  const [first, second] = [base.entries.get('driver'), over.entries.get('driver')];
  const same = first === undefined || second === undefined || textOf(first.node) === textOf(second.node);
  return same ? mergeMaps(base, over, path) : over;
}

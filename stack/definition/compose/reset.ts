import type { ConfigEntry, ConfigMap, ConfigNode } from '../config-node.ts';
import type { Path } from './tree.ts';

export interface ResetResult {
  /** Without what is tagged `!reset`. */
  readonly root: ConfigMap;
  /** What `!reset` and `!override` take out of the files before this one. */
  readonly paths: readonly Path[];
}

/**
 * Takes the tags `!reset` and `!override` out of a compose file.
 * @see https://docs.docker.com/reference/compose-file/merge/#reset-value
 */
export function collectResets(root: ConfigMap): ResetResult {
  const paths: Path[] = [];
  const visit = (node: ConfigNode, path: Path): ConfigNode | undefined => {
    if (node.tag === '!reset') {
      paths.push(path);
      return undefined;
    }
    if (node.tag === '!override') {
      paths.push(path);
      return node;
    }
    if (node.kind === 'list') {
      const items = node.items.flatMap((item) => visit(item, [...path, '[]']) ?? []);
      return { ...node, items };
    }
    return node.kind === 'map' ? visitMap(node, path) : node;
  };
  const visitMap = (node: ConfigMap, path: Path): ConfigMap => {
    const entries = new Map<string, ConfigEntry>();
    for (const [key, entry] of node.entries) {
      const kept = visit(entry.node, [...path, key]);
      if (kept !== undefined) entries.set(key, { keyAt: entry.keyAt, node: kept });
    }
    return { ...node, entries };
  };
  return { root: visitMap(root, []), paths };
}

/** The model without what `paths` name; items of lists cannot be taken out one by one. */
export function applyResets(node: ConfigMap, paths: readonly Path[], base: Path = []): ConfigMap {
  if (paths.length === 0) return node;
  const entries = new Map<string, ConfigEntry>();
  for (const [key, entry] of node.entries) {
    const path = [...base, key];
    if (paths.some((reset) => reset.length === path.length && reset.every((step, i) => step === path[i]))) continue;
    const { node: value } = entry;
    entries.set(key, { keyAt: entry.keyAt, node: value.kind === 'map' ? applyResets(value, paths, path) : value });
  }
  return { ...node, entries };
}

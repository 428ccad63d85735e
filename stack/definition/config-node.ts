import type { Position } from './position.ts';

/**
 * A parsed configuration with a position on every node, whatever its syntax was (YAML, JSON, an Alloy block).
 * Engines' readers walk this tree, so that every message can name file, line and column.
 */
export type ConfigNode = ConfigMap | ConfigList | ConfigScalar;

export interface ConfigMap {
  readonly kind: 'map';
  readonly at: Position;
  /** In file order. */
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  /** A tag of the application's own, as written: `!reset`. */
  readonly tag?: string;
}

export interface ConfigEntry {
  readonly keyAt: Position;
  readonly node: ConfigNode;
}

export interface ConfigList {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly ConfigNode[];
  readonly tag?: string;
}

export interface ConfigScalar {
  readonly kind: 'scalar';
  readonly at: Position;
  readonly value: string | number | boolean | null;
  /** The text as it stands in the file (quotes, folding and escapes undone), before typing and expansion of variables. */
  readonly raw: string;
  /** YAML: how it was written. Only a plain scalar can be anything but a string. */
  readonly style?: 'plain' | 'quoted' | 'block';
  readonly tag?: string;
}

/** The node at `path` (keys, or indexes into lists), or undefined where any step is absent. */
export function nodeAt(root: ConfigNode | undefined, ...path: readonly (string | number)[]): ConfigNode | undefined {
  let node = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    if (node.kind === 'map') node = node.entries.get(String(step))?.node;
    else if (node.kind === 'list' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

/** The scalar at `path` as a string, or undefined where it is absent, null, a map or a list. */
export function textAt(root: ConfigNode | undefined, ...path: readonly (string | number)[]): string | undefined {
  const node = nodeAt(root, ...path);
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** Key positions of a map, in file order; empty for anything else. */
export function entriesOf(node: ConfigNode | undefined): [string, ConfigEntry][] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** Items of a list; empty for anything else. */
export function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The plain value, positions dropped. */
export function toPlain(node: ConfigNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.node)]));
}

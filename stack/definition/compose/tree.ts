import type { ConfigEntry, ConfigList, ConfigMap, ConfigNode, ConfigScalar } from '../config-node.ts';
import { InputError, type Position } from '../position.ts';

/** Keys from the root of the compose model; an item of a list counts as `[]`. */
export type Path = readonly string[];

/** True where `pattern` (`services.*.ports`) names this very path; `*` stands for any one step. */
export function matches(path: Path, pattern: string): boolean {
  const steps = splitPattern(pattern);
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

const patterns = new Map<string, readonly string[]>();

function splitPattern(pattern: string): readonly string[] {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const steps = pattern.split('.');
  patterns.set(pattern, steps);
  return steps;
}

export function formatPath(path: Path): string {
  return path.join('.').replaceAll('.[]', '[]');
}

export function scalar(value: ConfigScalar['value'], at: Position): ConfigScalar {
  return { kind: 'scalar', at, value, raw: value === null ? '' : String(value) };
}

export function list(items: readonly ConfigNode[], at: Position): ConfigList {
  return { kind: 'list', at, items };
}

export function map(entries: Iterable<readonly [string, ConfigEntry]>, at: Position): ConfigMap {
  return { kind: 'map', at, entries: new Map(entries) };
}

/** A map of plain scalars, all at one place: the long form of something that stands there in its short form. */
export function record(
  values: Readonly<Record<string, ConfigScalar['value'] | ConfigNode | undefined>>,
  at: Position,
): ConfigMap {
  const entries = new Map<string, ConfigEntry>();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const node = value !== null && typeof value === 'object' ? value : scalar(value, at);
    entries.set(key, { keyAt: at, node });
  }
  return { kind: 'map', at, entries };
}

/** The same map with one entry set; the place of the key is kept where there was one. */
export function withEntry(node: ConfigMap, key: string, value: ConfigNode): ConfigMap {
  const keyAt = node.entries.get(key)?.keyAt ?? value.at;
  return { ...node, entries: new Map(node.entries).set(key, { keyAt, node: value }) };
}

export function without(node: ConfigMap, key: string): ConfigMap {
  const entries = new Map(node.entries);
  entries.delete(key);
  return { ...node, entries };
}

export function mapValues(node: ConfigMap, change: (value: ConfigNode, key: string) => ConfigNode): ConfigMap {
  const entries = new Map<string, ConfigEntry>();
  for (const [key, entry] of node.entries) entries.set(key, { keyAt: entry.keyAt, node: change(entry.node, key) });
  return { ...node, entries };
}

/** Applies `change` at every node that `patterns` name; nothing below a changed node is visited. */
export function transformAt(
  node: ConfigNode,
  changes: readonly (readonly [string, (node: ConfigNode, path: Path) => ConfigNode])[],
  path: Path = [],
): ConfigNode {
  for (const [pattern, change] of changes) if (matches(path, pattern)) return change(node, path);
  if (node.kind === 'map') return mapValues(node, (value, key) => transformAt(value, changes, [...path, key]));
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item) => transformAt(item, changes, [...path, '[]'])) };
  }
  return node;
}

export function isNull(node: ConfigNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

export function stringOf(node: ConfigNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function kindOf(node: ConfigNode): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'list') return 'a list';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return 'a string';
  return typeof node.value === 'boolean' ? 'a boolean' : 'a number';
}

/** Ends the reading: Telltale cannot use what stands at `at`. */
export function refuse(message: string, at: Position | undefined, remedy: string, cause?: unknown): never {
  throw new InputError(message, {
    ...(at === undefined ? {} : { at }),
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

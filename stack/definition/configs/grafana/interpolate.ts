import type { ConfigNode } from '../../config-node.ts';
import { entriesOf } from '../../config-node.ts';
import type { ConfigFile } from '../../facts.ts';

/** What values in Grafana's files may refer to. */
export interface Surroundings {
  environment(name: string): string | undefined;
  readFile(containerPath: string): ConfigFile | undefined;
}

/**
 * Puts variables into a value as Grafana's provisioning does: `$X`, `${X}`, `$__env{X}`, `$__file{path}`; `$$` is a
 * dollar sign. What is not set leaves nothing.
 *
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables
 */
export function interpolate(text: string, around: Surroundings): string {
  return text
    .split('$$')
    .map((part) => expandPlain(expandProviders(part, around), around))
    .join('$');
}

/** `$__env{X}` and `$__file{path}` alone, as `grafana.ini` and the environment have them, with `${X}` beside. */
export function interpolateSetting(text: string, around: Surroundings): string {
  return expandProviders(text, around).replace(/\$\{(\w+)\}/g, (_, name: string) => around.environment(name) ?? '');
}

function expandProviders(text: string, around: Surroundings): string {
  return text.replace(/\$__(env|file)\{([^}]*)\}/g, (_, kind: string, name: string) =>
    kind === 'env' ? (around.environment(name) ?? '') : (around.readFile(name)?.text.trim() ?? ''),
  );
}

function expandPlain(text: string, around: Surroundings): string {
  return text.replace(/\$(?:\{([^}]*)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const name = braced ?? (/^\d/.test(bare ?? '') ? (bare ?? '').charAt(0) : (bare ?? ''));
    const rest = bare !== undefined && name.length < bare.length ? bare.slice(name.length) : '';
    return (around.environment(name) ?? '') + rest;
  });
}

/** Names in a value that Grafana itself would put in later, and that provisioning takes away for want of `$$`. */
export function lostMacros(text: string): string[] {
  return text.split('$$').flatMap((part) => [...part.matchAll(/\$\{(__[\w.:]+)\}/g)].map((match) => match[1] ?? ''));
}

/** The same tree with every string value interpolated. */
export function interpolateTree(node: ConfigNode, around: Surroundings): ConfigNode {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => interpolateTree(item, around)) };
  if (node.kind === 'map') {
    const entries = entriesOf(node).map(([key, entry]) => {
      return [key, { ...entry, node: interpolateTree(entry.node, around) }] as const;
    });
    return { ...node, entries: new Map(entries) };
  }
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  return { ...node, value: interpolate(node.value, around) };
}

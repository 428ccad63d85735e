import { homedir } from 'node:os';
import path from 'node:path';
import { type ConfigMap, type ConfigNode, textAt } from '../config-node.ts';
import type { Position } from '../position.ts';
import { record, refuse, stringOf, transformAt, withEntry } from './tree.ts';

/** An absolute path: `~` is the home directory, anything relative begins at `base`. */
export function resolvePath(written: string, base: string): string {
  if (written.startsWith('~')) return join(homedir(), written.slice(1));
  return path.isAbsolute(written) || path.win32.isAbsolute(written) ? written : join(base, written);
}

function join(base: string, rest: string): string {
  const joined = path.join(base, rest);
  return joined.length > 1 && joined.endsWith(path.sep) ? joined.slice(0, -1) : joined;
}

/**
 * Makes the relative paths of a canonical compose model absolute. A path in a file that is extended or included
 * begins at that file, so this happens before its content is merged into another.
 */
export function resolvePaths(root: ConfigMap, base: string): ConfigMap {
  const absolute = (node: ConfigNode): ConfigNode => {
    const text = stringOf(node);
    return text === undefined || text === '' || node.kind !== 'scalar'
      ? node
      : { ...node, value: resolvePath(text, base) };
  };
  const result = transformAt(root, [
    ['services.*.build.context', (node) => (isRemoteContext(stringOf(node) ?? '') ? node : absolute(node))],
    ['services.*.env_file.[].path', absolute],
    ['services.*.label_file.[]', absolute],
    ['services.*.extends.file', absolute],
    ['services.*.volumes.[]', (node) => resolveBind(node, absolute)],
    ['configs.*.file', absolute],
    ['secrets.*.file', absolute],
    ['volumes.*', (node) => resolveDevice(node, absolute)],
  ]);
  return result.kind === 'map' ? result : root;
}

function resolveBind(node: ConfigNode, absolute: (node: ConfigNode) => ConfigNode): ConfigNode {
  if (node.kind !== 'map' || textAt(node, 'type') !== 'bind') return node;
  const source = node.entries.get('source')?.node;
  if (source === undefined) refuse('A bind mount names no source.', node.at, 'Add `source:`, a path of the host.');
  return withEntry(node, 'source', absolute(source));
}

/** The local driver with `o: bind` mounts a directory of the host. */
function resolveDevice(node: ConfigNode, absolute: (node: ConfigNode) => ConfigNode): ConfigNode {
  if (node.kind !== 'map' || textAt(node, 'driver') !== 'local' || textAt(node, 'driver_opts', 'o') !== 'bind')
    return node;
  const driverOptions = node.entries.get('driver_opts')?.node;
  const device = driverOptions?.kind === 'map' ? driverOptions.entries.get('device')?.node : undefined;
  if (driverOptions?.kind !== 'map' || device === undefined) return node;
  return withEntry(node, 'driver_opts', withEntry(driverOptions, 'device', absolute(device)));
}

/** @throws InputError for a compose file that would have to be fetched */
export function refuseRemote(name: string, at: Position): void {
  if (!/^(https?|ssh|git|oci):|^git@|^github\.com\//.test(name)) return;
  refuse(
    `${name} is a remote compose file, and only files of this machine are read.`,
    at,
    'Keep a copy beside the stack.',
  );
}

/** A URL, a git repository or another service's image: nothing that lies on this machine. */
export function isRemoteContext(context: string): boolean {
  return (
    context.includes('://') ||
    context.startsWith('service:') ||
    context.startsWith('git@') ||
    context.startsWith('github.com/')
  );
}

/** `build:` without a context builds where the compose file is. */
export function defaultBuildContext(root: ConfigMap): ConfigMap {
  const result = transformAt(root, [
    [
      'services.*.build',
      (node) =>
        node.kind !== 'map' || node.entries.has('context')
          ? node
          : { ...node, entries: new Map([...record({ context: '.' }, node.at).entries, ...node.entries]) },
    ],
  ]);
  return result.kind === 'map' ? result : root;
}

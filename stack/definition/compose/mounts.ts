import { type ConfigNode, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { Mount } from '../types.ts';
import { textOf } from './merge.ts';
import { refuse } from './tree.ts';
import { parseBoolean, parseBytes } from './units.ts';
import { cleanTarget } from './volume-spec.ts';

/** `volumes:` and `tmpfs:` of a service in long form, in file order. Types that no stack of ours can have are left out. */
export function readMounts(service: ConfigNode): Mount[] {
  const volumes = itemsOf(nodeAt(service, 'volumes')).flatMap((node) => toMount(node) ?? []);
  const tmpfs = nodeAt(service, 'tmpfs');
  return [...volumes, ...(tmpfs?.kind === 'list' ? tmpfs.items : tmpfs === undefined ? [] : [tmpfs]).map(toTmpfs)];
}

function toMount(node: ConfigNode): Mount | undefined {
  const target = cleanTarget(textAt(node, 'target') ?? '');
  const source = textAt(node, 'source');
  const readOnly = flag(node, 'read_only') ?? false;
  const at = node.at;
  switch (textAt(node, 'type')) {
    case 'bind': {
      const createHostPath = flag(node, 'bind', 'create_host_path') ?? true;
      return { kind: 'bind', source: source ?? '', target, readOnly, createHostPath, at };
    }
    case 'volume': {
      const subpath = textAt(node, 'volume', 'subpath');
      return {
        kind: 'volume',
        ...(source ? { volume: source } : {}),
        target,
        readOnly,
        ...(subpath === undefined ? {} : { subpath }),
        at,
      };
    }
    case 'tmpfs':
      return { kind: 'tmpfs', target, ...sizeOf(textAt(node, 'tmpfs', 'size'), node), at };
    default:
      return undefined;
  }
}

/** `/run`, `/run:size=64m,mode=1777`. */
function toTmpfs(node: ConfigNode): Mount {
  const [target = '', options = ''] = textOf(node).split(':', 2);
  const size = options.split(',').find((option) => option.startsWith('size='));
  return { kind: 'tmpfs', target: cleanTarget(target), ...sizeOf(size?.slice('size='.length), node), at: node.at };
}

function sizeOf(text: string | undefined, node: ConfigNode): { sizeBytes?: number } {
  if (text === undefined) return {};
  const sizeBytes = parseBytes(text);
  if (sizeBytes === undefined) refuse(`"${text}" is no size in bytes.`, node.at, 'Write a number with a unit: 64m.');
  return { sizeBytes };
}

/** A boolean, or a string that compose takes for one. */
export function flag(node: ConfigNode, ...path: readonly string[]): boolean | undefined {
  const found = nodeAt(node, ...path);
  if (found?.kind !== 'scalar') return undefined;
  return typeof found.value === 'boolean' ? found.value : parseBoolean(textOf(found));
}

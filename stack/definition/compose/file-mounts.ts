import { type ConfigMap, type ConfigNode, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { Finding } from '../position.ts';
import type { Mount } from '../types.ts';
import { closest } from './closest.ts';
import { textOf } from './merge.ts';
import { flag } from './mounts.ts';
import { refuse } from './tree.ts';

type FileMount = Extract<Mount, { kind: 'config' | 'secret' }>;

/**
 * `configs:` and `secrets:` of a service, joined with what the top level says about each.
 *
 * @throws InputError for one that is not defined
 * @see https://docs.docker.com/reference/compose-file/services/#configs
 */
export function readFileMounts(
  kind: 'config' | 'secret',
  name: string,
  service: ConfigNode,
  root: ConfigMap,
  findings: Finding[],
): FileMount[] {
  const section = `${kind}s`;
  return itemsOf(nodeAt(service, section)).map((node) => {
    const source = textAt(node, 'source') ?? '';
    const definition = nodeAt(root, section, source);
    if (definition === undefined) {
      const nearest = closest(source, [
        ...(root.entries.get(section)?.node.kind === 'map' ? keysOf(root, section) : []),
      ]);
      const remedy =
        nearest === undefined ? `Define it under the top-level \`${section}:\`.` : `Did you mean "${nearest}"?`;
      refuse(`services.${name} uses the ${kind} "${source}", which is not defined.`, node.at, remedy);
    }
    const mount = toFileMount(kind, source, node, definition);
    const finding = findingFor(name, mount, service, definition);
    if (finding !== undefined) findings.push(finding);
    return mount;
  });
}

function keysOf(root: ConfigMap, section: string): Iterable<string> {
  const node = nodeAt(root, section);
  return node?.kind === 'map' ? node.entries.keys() : [];
}

function toFileMount(kind: 'config' | 'secret', source: string, node: ConfigNode, definition: ConfigNode): FileMount {
  const content = textAt(definition, 'content');
  const inline = nodeAt(definition, 'environment') === undefined ? nodeAt(definition, 'content') : undefined;
  const file = textAt(definition, 'file');
  const mode = modeOf(nodeAt(node, 'mode'));
  const uid = textAt(node, 'uid');
  const gid = textAt(node, 'gid');
  const written = textAt(node, 'target') ?? source;
  return {
    kind,
    name: source,
    target: written.startsWith('/') ? written : `${kind === 'config' ? '/' : '/run/secrets/'}${written}`,
    ...(content === undefined ? {} : { content }),
    ...(inline === undefined ? {} : { contentAt: inline.at }),
    ...(file === undefined ? {} : { source: file }),
    ...(mode === undefined ? {} : { mode }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    at: node.at,
  };
}

/** A number as YAML reads it (`0440` is octal); a string is octal too. */
function modeOf(node: ConfigNode | undefined): number | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  if (typeof node.value === 'number') return node.value;
  const text = textOf(node);
  if (!/^[0-7]+$/.test(text)) refuse(`"${text}" is no file mode.`, node.at, 'Write it in octal: 0440.');
  return Number.parseInt(text, 8);
}

/** What compose itself finds only when it makes the container. */
function findingFor(service: string, mount: FileMount, node: ConfigNode, definition: ConfigNode): Finding | undefined {
  const { kind, name, at } = mount;
  const base = { severity: 'error', at, service } as const;
  const variable = textAt(definition, 'environment');
  if (flag(definition, 'external') === true) {
    return {
      ...base,
      id: 'COMPOSE-EXTERNAL-FILE',
      message: `The ${kind} "${name}" is external, and docker compose cannot provide it: only a swarm has external ${kind}s.`,
      remedy: `Give the ${kind} a \`file:\`${kind === 'config' ? ', `content:`' : ''} or \`environment:\`.`,
    };
  }
  if (variable !== undefined && mount.content === undefined) {
    return {
      ...base,
      id: 'COMPOSE-FILE-VARIABLE',
      message: `The ${kind} "${name}" takes its content from the variable ${variable}, which is not set.`,
      remedy: `Set ${variable} in the environment or in .env.`,
    };
  }
  if (mount.content !== undefined && mount.content !== '' && flag(node, 'read_only') === true) {
    return {
      ...base,
      id: 'COMPOSE-FILE-READ-ONLY',
      message: `The ${kind} "${name}" cannot be put into the container: it has no file, and the service is read_only.`,
      remedy: `Give the ${kind} a \`file:\`, or remove \`read_only:\`.`,
    };
  }
  return undefined;
}

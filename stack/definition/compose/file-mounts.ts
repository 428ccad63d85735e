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
    if (flag(definition, 'external') === true) findings.push(externalFinding(kind, name, source, node));
    return toFileMount(kind, source, node, definition);
  });
}

function keysOf(root: ConfigMap, section: string): Iterable<string> {
  const node = nodeAt(root, section);
  return node?.kind === 'map' ? node.entries.keys() : [];
}

function toFileMount(kind: 'config' | 'secret', source: string, node: ConfigNode, definition: ConfigNode): FileMount {
  const content = textAt(definition, 'content');
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

function externalFinding(kind: string, service: string, source: string, node: ConfigNode): Finding {
  return {
    id: 'COMPOSE-EXTERNAL-FILE',
    severity: 'error',
    at: node.at,
    service,
    message: `The ${kind} "${source}" is external, and docker compose cannot provide it: only a swarm has external ${kind}s.`,
    remedy: `Give the ${kind} a \`file:\`${kind === 'config' ? ', `content:`' : ''} or \`environment:\`.`,
  };
}

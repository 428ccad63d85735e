import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type ConfigMap, type ConfigNode, itemsOf, nodeAt, textAt, toPlain } from '../config-node.ts';
import { type Environment, isFile, type LoadContext } from './load-context.ts';
import { textOf } from './merge.ts';
import { refuseRemote, resolvePath } from './paths.ts';
import { COMPOSE_FILE } from './schema.ts';
import { checkShape } from './shape.ts';
import { map, record, refuse, withEntry, without } from './tree.ts';

/** One entry of `include:`, ready to be loaded: everything absolute. */
export interface Inclusion {
  readonly files: readonly string[];
  readonly projectDirectory: string;
  readonly environment: Environment;
  readonly node: ConfigNode;
}

const SECTIONS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/**
 * Puts what `include:` names into the model of one file.
 *
 * @param chain the files that led here, absolute
 * @throws InputError for a cycle, a missing file, or a name that is defined differently in two places
 * @see https://docs.docker.com/reference/compose-file/include/
 */
export function applyIncludes(
  root: ConfigMap,
  workingDirectory: string,
  environment: Environment,
  chain: readonly string[],
  context: LoadContext,
  load: (inclusion: Inclusion) => ConfigMap,
): ConfigMap {
  const include = root.entries.get('include')?.node;
  if (include === undefined) return root;
  checkShape(record({ include }, root.at), COMPOSE_FILE);
  let model = without(root, 'include');
  for (const node of itemsOf(include)) {
    const inclusion = toInclusion(node, workingDirectory, environment, context);
    const [main = ''] = inclusion.files;
    if (chain.includes(main)) {
      const names = [...chain, main].map((file) => context.display(file)).join(' → ');
      refuse(`The compose file includes itself: ${names}.`, node.at, 'Remove one `include` of the circle.');
    }
    model = importResources(load(inclusion), model, node);
  }
  return model;
}

function toInclusion(
  node: ConfigNode,
  workingDirectory: string,
  environment: Environment,
  context: LoadContext,
): Inclusion {
  const pathNode = node.kind === 'scalar' ? node : nodeAt(node, 'path');
  const written = pathNode?.kind === 'list' ? pathNode.items : pathNode === undefined ? [] : [pathNode];
  for (const item of written) refuseRemote(textOf(item), item.at);
  const files = written.map((item) => resolvePath(textOf(item), workingDirectory));
  const [main] = files;
  if (main === undefined) refuse('An include names no path.', node.at, 'Add `path:`, the compose file to include.');
  const directory = textAt(node, 'project_directory');
  const projectDirectory = directory === undefined ? path.dirname(main) : resolvePath(directory, workingDirectory);
  const envNode = nodeAt(node, 'env_file');
  const named = envNode?.kind === 'list' ? envNode.items : envNode === undefined ? [] : [envNode];
  const standard = path.join(projectDirectory, '.env');
  const envFiles = named.map((item) => resolvePath(textOf(item), workingDirectory));
  if (envFiles.length === 0 && isFile(standard)) envFiles.push(standard);
  const own = context.readEnvFiles(envFiles, environment, envNode?.at ?? node.at);
  return { files, projectDirectory, environment: new Map([...own, ...environment]), node };
}

function importResources(from: ConfigMap, into: ConfigMap, includedBy: ConfigNode): ConfigMap {
  let model = into;
  for (const section of SECTIONS) {
    const source = from.entries.get(section)?.node;
    if (source?.kind !== 'map') continue;
    const existing = model.entries.get(section)?.node;
    const target = existing?.kind === 'map' ? existing : map([], source.at);
    const entries = new Map(target.entries);
    for (const [name, entry] of source.entries) {
      const known = entries.get(name);
      if (known !== undefined) {
        if (isDeepStrictEqual(toPlain(known.node), toPlain(entry.node))) continue;
        refuse(
          `${section}.${name} is defined here, and differently in ${known.keyAt.file}:${known.keyAt.line}.`,
          entry.keyAt.file === known.keyAt.file ? includedBy.at : entry.keyAt,
          'Rename one of them, or change the included one in an override file.',
        );
      }
      entries.set(name, entry);
    }
    model = withEntry(model, section, { ...target, entries });
  }
  return model;
}

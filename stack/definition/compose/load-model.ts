import path from 'node:path';
import { type ConfigMap, type ConfigNode, textAt } from '../config-node.ts';
import { canonical } from './canonical.ts';
import { applyExtends, type ExtendableFile } from './extends.ts';
import { applyIncludes } from './include.ts';
import { interpolate } from './interpolate.ts';
import type { Environment, LoadContext } from './load-context.ts';
import { merge, textOf } from './merge.ts';
import { defaultBuildContext, refuseRemote, resolvePath, resolvePaths } from './paths.ts';
import { applyResets, collectResets } from './reset.ts';
import { COMPOSE_FILE } from './schema.ts';
import { checkShape } from './shape.ts';
import { kindOf, map, type Path, refuse, scalar, transformAt, withEntry, without } from './tree.ts';
import { unique } from './unique.ts';

interface FileScope {
  /** Absolute; where relative paths of `extends` and `include` begin. */
  readonly workingDirectory: string;
  readonly environment: Environment;
  /** The files that included this one. */
  readonly chain: readonly string[];
  readonly context: LoadContext;
}

/**
 * Several compose files as one model in long form: interpolated, extended, included, merged, checked against the
 * schema, paths absolute. Every node keeps the place at which it was written.
 *
 * @param files absolute, in the order of merging
 * @throws InputError
 */
export function loadModel(
  files: readonly string[],
  workingDirectory: string,
  environment: Environment,
  context: LoadContext,
  chain: readonly string[] = [],
  wantedBy?: ConfigNode,
): ConfigMap {
  const scope: FileScope = { workingDirectory, environment, chain, context };
  let model = map([], { file: context.display(files[0] ?? ''), line: 1, column: 1 });
  for (const file of files) model = loadFile(file, model, scope, wantedBy);
  return resolveVariables(resolvePaths(defaultBuildContext(model), workingDirectory), environment);
}

function loadFile(file: string, before: ConfigMap, scope: FileScope, wantedBy?: ConfigNode): ConfigMap {
  let model = before;
  for (const document of scope.context.readDocuments(file, wantedBy?.at)) {
    const { root, paths } = collectResets(document);
    const interpolated = interpolateIn(root, scope);
    const extended = applyExtends(interpolated, file, paths, (name, node) => loadBase(name, node, scope));
    const included = includeInto(extended, file, scope);
    model = unique(merge(applyResets(model, paths), included));
    checkShape(model, COMPOSE_FILE);
    model = unique(canonical(without(model, 'version')));
  }
  return model;
}

function interpolateIn(root: ConfigMap, { environment, context }: FileScope): ConfigMap {
  return interpolate(root, (name) => environment.get(name), context.unset);
}

function includeInto(root: ConfigMap, file: string, scope: FileScope): ConfigMap {
  const chain = [...scope.chain, file];
  return applyIncludes(root, scope.workingDirectory, scope.environment, chain, scope.context, (inclusion) =>
    loadModel(inclusion.files, inclusion.projectDirectory, inclusion.environment, scope.context, chain, inclusion.node),
  );
}

/** A file that is extended: its own `extends` are followed service by service, its `include` not at all. */
function loadBase(name: string, wantedBy: ConfigNode, scope: FileScope): ExtendableFile {
  refuseRemote(name, wantedBy.at);
  const file = resolvePath(name, scope.workingDirectory);
  let model = map([], wantedBy.at);
  let resets: readonly Path[] = [];
  for (const document of scope.context.readDocuments(file, wantedBy.at)) {
    const { root, paths } = collectResets(document);
    resets = paths;
    model = unique(canonical(unique(merge(applyResets(model, paths), interpolateIn(root, scope)))));
  }
  const services = resolvePaths(model, path.dirname(file)).entries.get('services')?.node;
  if (services?.kind !== 'map') {
    const what = services === undefined ? 'has no services' : `has ${kindOf(services)} as its services`;
    refuse(`${name} ${what}, and so nothing to extend.`, wantedBy.at, 'Correct the path, or write the service there.');
  }
  return { file, services, resets };
}

/** Variables that are named without a value, in `environment` lists, `configs` and `secrets`. */
function resolveVariables(root: ConfigMap, environment: Environment): ConfigMap {
  const content = (node: ConfigNode): ConfigNode => {
    const name = textAt(node, 'environment');
    const value = name === undefined ? undefined : environment.get(name);
    return node.kind !== 'map' || value === undefined ? node : withEntry(node, 'content', scalar(value, node.at));
  };
  const result = transformAt(root, [
    ['services.*.environment.[]', (node) => withValue(node, environment)],
    ['configs.*', content],
    ['secrets.*', content],
  ]);
  return result.kind === 'map' ? result : root;
}

function withValue(node: ConfigNode, environment: Environment): ConfigNode {
  const text = textOf(node);
  const value = text.includes('=') ? undefined : environment.get(text);
  return value === undefined ? node : scalar(`${text}=${value}`, node.at);
}

import { posix } from 'node:path';
import type { ConfigNode } from '../../config-node.ts';
import type { ConfigFile } from '../../facts.ts';
import type { Origin, Position } from '../../position.ts';
import type { YamlVersion } from '../../syntax/scalars.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { ReaderContext } from '../reader.ts';
import { expandEnvsubst } from './envsubst.ts';
import type { FindingList } from './findings.ts';
import { relocate } from './text-positions.ts';

/** A configuration file, parsed. */
export interface ReadFile {
  readonly file: ConfigFile;
  readonly root: ConfigNode | undefined;
  /** Where a value stands: put there by a variable, or written. */
  originOf(node: ConfigNode): Origin;
}

/** The name under which positions in a file are given: relative to the stack, else as the container knows it. */
export function fileName(file: ConfigFile): string {
  return file.file ?? file.containerPath;
}

/** The word of a command line that the image gives has no place in the user's files. */
export function wordOrigin(at: Position): { from: Origin; at?: Position } {
  return at.file === '(image)' ? { from: 'image' } : { from: 'flag', at };
}

export interface ReadOptions {
  /** What the file is to the engine: `configuration file`, `web configuration`. */
  readonly what: string;
  /** Where it is named: a flag, a key. */
  readonly namedAt?: Position;
  readonly yaml?: YamlVersion;
  /** Expand `${X}` as Loki and Tempo do. */
  readonly expand?: boolean;
}

/**
 * Reads and parses a YAML file as the container sees it. A file that is not there is an error, unless nobody but the
 * image named it or the image is built by the stack, where it may well be inside.
 */
export function readYaml(
  context: ReaderContext,
  path: string,
  findings: FindingList,
  options: ReadOptions,
): ReadFile | undefined {
  const file = context.readFile(path);
  if (file === undefined) {
    reportMissing(context, path, findings, options);
    return undefined;
  }
  const name = fileName(file);
  const yaml = options.yaml === undefined ? {} : { version: options.yaml };
  if (options.expand !== true) {
    const { root, problems } = parseYaml(file.text, name, yaml);
    findings.take(problems);
    return { file, root, originOf: () => 'file' };
  }
  const expanded = expandEnvsubst(file.text, name, (variable) => context.environment[variable]?.value ?? undefined);
  for (const { message, at } of expanded.problems) {
    findings.error(
      'CONFIG-EXPANSION',
      at,
      message,
      'Correct the reference, or write "$$" for a dollar sign that is meant.',
    );
  }
  for (const variable of expanded.unset) {
    findings.warning(
      'CONFIG-VARIABLE-UNSET',
      variable.at,
      `The variable ${variable.name} is neither set in the container's environment nor given a default, so nothing stands in its place.`,
      `Set ${variable.name} under "environment" of the service, or write a default with ":-".`,
    );
  }
  const { root, problems } = parseYaml(expanded.text, name, yaml);
  const moved = (at: Position): Position => expanded.map.origin(at);
  findings.take(
    problems.map((problem) => (problem.at === undefined ? problem : { ...problem, at: moved(problem.at) })),
  );
  if (root === undefined) return { file, root, originOf: () => 'file' };
  const replaced = new WeakSet<ConfigNode>();
  const located = relocate(root, moved, (before, after) => {
    if (before.kind === 'scalar' && expanded.map.isReplaced(before.at, before.raw.length)) replaced.add(after);
  });
  return { file, root: located, originOf: (node) => (replaced.has(node) ? 'environment' : 'file') };
}

function reportMissing(context: ReaderContext, path: string, findings: FindingList, options: ReadOptions): void {
  const { namedAt } = options;
  if (namedAt === undefined || namedAt.file === '(image)') return;
  const message = `The ${options.what} ${path} is not in the container: nothing is mounted there.`;
  const remedy = `Mount a file at ${path}, or correct the path.`;
  if (context.service.build === undefined) findings.error('CONFIG-FILE-MISSING', namedAt, message, remedy);
}

/** `path` as the engine resolves it: relative ones against `base`. */
export function resolvePath(base: string, path: string): string {
  return posix.isAbsolute(path) ? posix.normalize(path) : posix.join(base, path);
}

/**
 * Files that a pattern of Go's `filepath.Match` names, in the directory of its last part (`rules/*.yml`), sorted.
 * A pattern without `*`, `?` or `[` gives itself, there or not.
 */
export function globFiles(context: ReaderContext, pattern: string): readonly string[] {
  const directory = posix.dirname(pattern);
  const name = posix.basename(pattern);
  if (!/[*?[]/.test(name)) return [pattern];
  const match = globPattern(name);
  return context
    .listDirectory(directory)
    .map((entry) => posix.basename(entry))
    .filter((entry) => match.test(entry))
    .map((entry) => posix.join(directory, entry));
}

function globPattern(pattern: string): RegExp {
  const source = pattern.replace(/\[(\^?)([^\]]*)\]|\\(.)|[*?]|[.+^${}()|\\/]/g, (all, not, set, escaped) => {
    if (all === '*') return '[^/]*';
    if (all === '?') return '[^/]';
    if (set !== undefined) return `[${not}${set.replace(/[\\\]]/g, '\\$&')}]`;
    return `\\${escaped ?? all}`;
  });
  return new RegExp(`^${source}$`);
}

import { statSync } from 'node:fs';
import path from 'node:path';
import { textAt } from '../config-node.ts';
import { interpolateText } from './interpolate.ts';
import { type Environment, isFile, type LoadContext } from './load-context.ts';
import { refuse } from './tree.ts';

/** @see https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file */
const FILE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

export interface LocatedProject {
  /** Absolute, in the order of merging. */
  readonly files: readonly string[];
  /** Absolute: the directory of the first file, at which relative paths begin. */
  readonly workingDirectory: string;
  readonly environment: Environment;
}

/** @throws InputError where there is no such directory */
export function requireDirectory(directory: string): string {
  const absolute = path.resolve(directory);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) refuse(`There is no directory ${absolute}.`, undefined, 'Correct the path.');
  if (!found.isDirectory()) {
    refuse(`${absolute} is not a directory.`, undefined, 'Name the directory that holds the compose file.');
  }
  return absolute;
}

/**
 * Finds the compose files and the environment as `docker compose` does when it is called in `directory`: files by
 * name, else `COMPOSE_FILE`, else the default names with their override; variables of the process over those of `.env`.
 *
 * @param named relative to `directory`
 * @throws InputError
 * @see https://docs.docker.com/compose/how-tos/environment-variables/envvars/
 */
export function locateProject(
  directory: string,
  named: readonly string[] | undefined,
  outer: Environment,
  context: LoadContext,
): LocatedProject {
  const explicit = (named ?? []).map((file) => path.resolve(directory, file));
  const first = explicit[0] === undefined ? directory : path.dirname(explicit[0]);
  let environment = withDotenv(first, directory, outer, context);
  const files = explicit.length > 0 ? explicit : (fromVariable(directory, environment) ?? byDefaultName(directory));
  const missing = files.find((file) => !isFile(file));
  if (missing !== undefined) {
    refuse(`There is no compose file ${context.display(missing)} in ${directory}.`, undefined, 'Correct the name.');
  }
  const workingDirectory = path.dirname(files[0] ?? directory);
  // A `.env` beside the compose file adds to the one in the directory where compose is called.
  if (workingDirectory !== first) environment = withDotenv(workingDirectory, directory, environment, context);
  return { files, workingDirectory, environment };
}

function withDotenv(place: string, directory: string, outer: Environment, context: LoadContext): Environment {
  const named = outer.get('COMPOSE_ENV_FILES');
  const standard = path.join(place, '.env');
  const files = named
    ? named.split(',').map((file) => path.resolve(directory, file))
    : isFile(standard) && !['1', 'true'].includes(outer.get('COMPOSE_DISABLE_ENV_FILE')?.toLowerCase() ?? '')
      ? [standard]
      : [];
  return new Map([...context.readEnvFiles(files, outer), ...outer]);
}

function fromVariable(directory: string, environment: Environment): string[] | undefined {
  const value = environment.get('COMPOSE_FILE');
  if (value === undefined) return undefined;
  const separator = environment.get('COMPOSE_PATH_SEPARATOR') || path.delimiter;
  return value.split(separator).map((file) => path.resolve(directory, file));
}

function byDefaultName(directory: string): string[] {
  const find = (names: readonly string[]) => names.map((name) => path.join(directory, name)).find(isFile);
  const file = find(FILE_NAMES);
  if (file === undefined) {
    refuse(
      `There is no compose file in ${directory}: looked for ${FILE_NAMES.join(', ')}.`,
      undefined,
      'Name the directory that holds it, or the file itself.',
    );
  }
  const override = find(OVERRIDE_NAMES);
  return override === undefined ? [file] : [file, override];
}

/**
 * The project name: as asked, `COMPOSE_PROJECT_NAME`, `name:` of the last file that has one, the directory's name.
 * @throws InputError where nothing usable is left
 */
export function projectName(located: LocatedProject, asked: string | undefined, context: LoadContext): string {
  const imperative = asked || located.environment.get('COMPOSE_PROJECT_NAME');
  if (imperative) {
    if (normalize(imperative) !== imperative) {
      refuse(
        `"${imperative}" cannot be the name of a compose project.`,
        undefined,
        'Use lower-case letters, digits, dashes and underscores, and begin with a letter or digit.',
      );
    }
    return imperative;
  }
  const written = located.files
    .flatMap((file) => context.readDocuments(file))
    .findLast((document) => textAt(document, 'name'));
  const text = written === undefined ? undefined : textAt(written, 'name');
  const at = written?.entries.get('name')?.node.at ?? written?.at;
  const named =
    text === undefined || at === undefined
      ? path.basename(located.workingDirectory)
      : interpolateText(text, at, (name) => located.environment.get(name), context.unset, 'name');
  const name = normalize(named);
  if (name === '') refuse('The compose project has no usable name.', at, 'Add `name:` at the top of the compose file.');
  return name;
}

function normalize(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

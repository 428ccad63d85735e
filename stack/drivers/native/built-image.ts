import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { type DockerfileSummary, readDockerfile } from '../../definition/roles/dockerfile.ts';
import type { BuildDefinition, ServiceDefinition } from '../../definition/types.ts';
import { imageDefaults } from '../../engines/catalog.ts';
import type { CatalogEntry, ImageDefaults } from '../../engines/types.ts';
import { quote } from './commands.ts';

/** The image that a service runs, as far as it is known without one: the catalog's, with what a Dockerfile adds. */
export interface NativeImage {
  readonly image: ImageDefaults;
  /** Shell commands that put what the Dockerfile copies into a root directory. */
  copySteps(root: string): readonly string[];
  readonly notes: readonly string[];
}

/** @param entry what the engine's official images have. */
export function nativeImage(entry: CatalogEntry, service: ServiceDefinition): NativeImage {
  const { build, image: reference } = service;
  const dockerfile = build === undefined ? undefined : readBuild(build);
  const image = imageDefaults(entry, dockerfile?.from ?? reference);
  if (build === undefined || dockerfile === undefined) return { image, copySteps: () => [], notes: [] };
  const { entrypoint, command, user, workingDir, environment, runs } = dockerfile;
  const unrun =
    runs.length === 0
      ? []
      : [
          `${service.name}: the native driver builds no image, so it did not run ${runs.map((run) => `"${run}"`).join(', ')} of its Dockerfile.`,
        ];
  return {
    image: {
      ...image,
      entrypoint: entrypoint ?? image.entrypoint,
      // An entrypoint of its own drops the command of the image below it.
      command: command ?? (entrypoint === undefined ? image.command : []),
      user: user ?? image.user,
      workingDir: workingDir ?? image.workingDir,
      environment: { ...image.environment, ...environment },
    },
    copySteps: (root) => dockerfile.copies.flatMap((copy) => stepsOf(build, dockerfile, copy, root)),
    notes: unrun,
  };
}

function readBuild(build: BuildDefinition): DockerfileSummary | undefined {
  const { context, dockerfile = 'Dockerfile', dockerfileInline, args, target } = build;
  if (dockerfileInline !== undefined) return readDockerfile(dockerfileInline, args, target);
  const path = isAbsolute(dockerfile) ? dockerfile : join(context, dockerfile);
  return existsSync(path) ? readDockerfile(readFileSync(path, 'utf8'), args, target) : undefined;
}

/** As Docker copies: what is in a directory, not itself; into a destination that is a directory or ends in a slash. */
function stepsOf(
  build: BuildDefinition,
  { copies }: DockerfileSummary,
  { source, destination }: DockerfileSummary['copies'][number],
  root: string,
): string[] {
  if (/^\w+:\/\//.test(source)) return [];
  const from = resolve(build.context, source.replace(/^\/+/, ''));
  const found = existsSync(from)
    ? [from]
    : globSync(source, { cwd: build.context }).map((path) => join(build.context, path));
  const to = join(root, destination);
  const several = found.length > 1 || copies.filter((other) => other.destination === destination).length > 1;
  return found.map((path) => {
    if (statSync(path).isDirectory()) return `mkdir -p ${quote(to)} && cp -rL ${quote(path)}/. ${quote(to)}/`;
    const into = `mkdir -p ${quote(to)} && cp -L ${quote(path)} ${quote(join(to, basename(path)))}`;
    if (several || destination.endsWith('/')) return into;
    return `if [ -d ${quote(to)} ]; then ${into}; else mkdir -p ${quote(dirname(to))} && cp -L ${quote(path)} ${quote(to)}; fi`;
  });
}

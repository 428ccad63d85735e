import { basename } from 'node:path';
import { endsWithRepository, parseImage } from '../../definition/roles/image-reference.ts';
import type { ServiceDefinition } from '../../definition/types.ts';
import type { Catalog } from '../../engines/catalog.ts';
import type { ImageDefaults } from '../../engines/types.ts';

/** Images of ordinary programs, which every Linux has. */
const USERLAND = /(^|\/)(busybox|alpine|debian|ubuntu|bash)$/;

/** Programs for which an engine's image is borrowed: `entrypoint: [chown, 10001, /data]`. */
const BORROWED = new Set([
  'sh',
  'bash',
  'ash',
  'chown',
  'chmod',
  'mkdir',
  'cp',
  'mv',
  'rm',
  'touch',
  'true',
  'sleep',
  'install',
]);

/** Directories of this machine that such a service sees in place of its image's. */
export const USERLAND_DIRECTORIES = ['/lib', '/lib64', '/usr/lib', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/** An image of which nothing is known but that it has ordinary programs. */
export const USERLAND_IMAGE: ImageDefaults = {
  repository: '',
  entrypoint: [],
  command: [],
  user: 'root',
  workingDir: '/',
  volumes: [],
  directories: [],
  environment: {},
  binaryPath: '',
  shell: true,
  ports: [],
};

/**
 * The command line of a service that is no engine and does its work with ordinary programs, such as one that makes a
 * volume writable before an engine starts; undefined for any other.
 */
export function helperCommand(service: ServiceDefinition, catalog: Catalog): readonly string[] | undefined {
  if (service.engine !== undefined || service.build !== undefined || service.image === undefined) return undefined;
  const words = [...(service.entrypoint ?? []), ...(service.command ?? [])].map(({ text }) => text);
  const [program] = words;
  if (program === undefined) return undefined;
  const { repository } = parseImage(service.image);
  if (USERLAND.test(repository)) return words;
  const borrowed = catalog.engines.some(({ recognise }) =>
    recognise.images.some((ending) => endsWithRepository(repository, ending)),
  );
  const replaced = service.entrypoint !== undefined && service.entrypoint.length > 0;
  return borrowed && replaced && BORROWED.has(basename(program)) ? words : undefined;
}

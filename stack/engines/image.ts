import { realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { isExecutable, run } from './store/run.ts';
import type { CatalogEntry, EngineBinary, ImageDefaults } from './types.ts';

/** Labels that say which binary an image was made of. */
export const VERSION_LABEL = 'telltale.engine.version';
export const SOURCE_LABEL = 'telltale.engine.source';

/** One member of an image's file system. */
export type ImageFile =
  | { readonly kind: 'directory'; readonly path: string; readonly owner: string; readonly mode: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly owner: string;
      readonly mode: number;
      readonly content: string | { readonly hostPath: string };
    };

/** What a container engine is given to build an image from. */
export interface ImageContext {
  readonly tag: string;
  readonly dockerfile: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The whole file system, parents before children. */
  readonly files: readonly ImageFile[];
  /** What this image cannot do that the official one can, as sentences. */
  readonly limitations: readonly string[];
}

/**
 * Describes a local image of an engine: the binary from the store with what the official image has around it
 * (directories with their owners, user, command, volumes, default configuration). No container engine is asked.
 * @param tag the image reference of the compose file, `grafana/loki:3.7.8`.
 * @param image from `imageDefaults(entry, tag)`.
 */
export async function imageContext(
  entry: CatalogEntry,
  binary: EngineBinary,
  image: ImageDefaults,
  tag: string,
): Promise<ImageContext> {
  const limitations: string[] = [];
  const user = numericUser(image);
  const files = new Map<string, ImageFile>();
  const add = (file: ImageFile): void => {
    for (const parent of parentsOf(file.path)) {
      if (!files.has(parent)) files.set(parent, { kind: 'directory', path: parent, owner: '0:0', mode: 0o755 });
    }
    files.set(file.path, file);
  };
  const directory = (path: string, owner = '0:0', mode = 0o755): void => add({ kind: 'directory', path, owner, mode });
  const text = (path: string, content: string): void => add({ kind: 'file', path, owner: '0:0', mode: 0o644, content });

  directory('/tmp', '0:0', 0o1777);
  directory(image.workingDir);
  for (const { path, owner } of image.directories) directory(path, owner);
  text('/etc/passwd', passwd(image, user));
  text('/etc/group', `root:x:0:\nnobody:x:65534:\n${user.name}:x:${user.gid}:\n`);
  // Names of the compose network come before the resolver, as in the official images.
  text('/etc/nsswitch.conf', 'hosts: files dns\n');
  for (const path of ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/cert.pem']) {
    if (await exists(path)) {
      add({
        kind: 'file',
        path: '/etc/ssl/certs/ca-certificates.crt',
        owner: '0:0',
        mode: 0o644,
        content: { hostPath: path },
      });
      break;
    }
  }
  if (image.defaultConfig !== undefined) {
    const owner =
      image.directories.find(({ path }) => path === dirname(image.defaultConfig?.path ?? ''))?.owner ?? '0:0';
    add({ kind: 'file', path: image.defaultConfig.path, owner, mode: 0o644, content: image.defaultConfig.content });
  }

  const program = async (path: string, hostPath: string): Promise<void> => {
    add({ kind: 'file', path, owner: '0:0', mode: 0o755, content: { hostPath } });
    for (const library of await librariesOf(hostPath)) {
      add({ kind: 'file', path: library, owner: '0:0', mode: 0o755, content: { hostPath: await realpath(library) } });
    }
  };
  await program(image.binaryPath, binary.path);
  const script = image.entrypoint[0];
  if (script !== undefined && script !== image.binaryPath) {
    limitations.push(`The official image starts ${script}, which is not here: the image starts ${image.binaryPath}.`);
  }
  for (const [name, path] of Object.entries(binary.companions))
    await program(join(dirname(image.binaryPath), name), path);
  if (image.shell) await addShell(image, program, add, limitations);
  if (entry.engine === 'grafana') limitations.push('Pages and default settings of Grafana are not in the image.');

  return {
    tag,
    dockerfile: dockerfile(image),
    labels: { [VERSION_LABEL]: binary.version, [SOURCE_LABEL]: binary.source },
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    limitations,
  };
}

async function addShell(
  image: ImageDefaults,
  program: (path: string, hostPath: string) => Promise<void>,
  add: (file: ImageFile) => void,
  limitations: string[],
): Promise<void> {
  const wanted = image.programs ?? ['sh', 'wget'];
  const busybox = onPath('busybox');
  const applets =
    busybox === undefined ? [] : (await run(busybox, ['--list'], { timeoutMs: 10_000 })).stdout.split('\n');
  if (busybox !== undefined) await program('/bin/busybox', busybox);
  for (const name of new Set([...STANDARD, ...wanted])) {
    const path = onPath(name);
    if (applets.includes(name)) add({ kind: 'link', path: `/bin/${name}`, target: '/bin/busybox' });
    else if (path !== undefined) await program(`/bin/${name}`, path);
    else if (wanted.includes(name))
      limitations.push(`The official image has ${name}, this one does not: health checks with it fail.`);
  }
}

/** What a command line or a health check in an image with a shell may count on. */
const STANDARD = ['sh', 'cat', 'ls', 'echo', 'test', '[', 'true', 'false', 'sleep', 'id', 'grep', 'nc', 'wget'];

function dockerfile(image: ImageDefaults): string {
  const lines = ['FROM scratch', 'ADD rootfs.tar /'];
  for (const [key, value] of Object.entries({
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ...image.environment,
  })) {
    lines.push(`ENV ${key}=${JSON.stringify(value)}`);
  }
  for (const port of image.ports) lines.push(`EXPOSE ${port}`);
  if (image.volumes.length > 0) lines.push(`VOLUME ${JSON.stringify(image.volumes)}`);
  lines.push(`WORKDIR ${image.workingDir}`);
  if (image.user !== '') lines.push(`USER ${image.user}`);
  const [first, ...rest] = image.entrypoint;
  const entrypoint = first === undefined || first === image.binaryPath ? image.entrypoint : [image.binaryPath, ...rest];
  lines.push(`ENTRYPOINT ${JSON.stringify(entrypoint)}`);
  if (image.command.length > 0) lines.push(`CMD ${JSON.stringify(image.command)}`);
  return `${lines.join('\n')}\n`;
}

interface ImageUser {
  readonly name: string;
  readonly uid: string;
  readonly gid: string;
}

const namedUsers: Readonly<Record<string, string>> = { nobody: '65534', root: '0', nonroot: '65532' };

/** The image's user in numbers; a name that is not well known has the ids that own its directories. */
export function numericUser(image: Pick<ImageDefaults, 'user' | 'directories'>): ImageUser {
  const [name = '', group] = (image.user === '' ? 'root' : image.user).split(':');
  if (/^\d+$/.test(name)) {
    const known = Object.entries(namedUsers).find(([, id]) => id === name)?.[0];
    return { name: known ?? 'engine', uid: name, gid: group ?? (known === undefined ? '0' : name) };
  }
  const [uid = '0', gid = '0'] = (image.directories.find(({ owner }) => !owner.startsWith('0:'))?.owner ?? '0:0').split(
    ':',
  );
  const id = namedUsers[name];
  return id === undefined ? { name, uid, gid } : { name, uid: id, gid: id };
}

function passwd(image: ImageDefaults, user: ImageUser): string {
  const users = new Map([
    ['root', 'root:x:0:0:root:/root:/sbin/nologin'],
    ['nobody', 'nobody:x:65534:65534:nobody:/home:/sbin/nologin'],
  ]);
  if (!users.has(user.name)) {
    users.set(user.name, `${user.name}:x:${user.uid}:${user.gid}:${user.name}:${image.workingDir}:/sbin/nologin`);
  }
  return `${[...users.values()].join('\n')}\n`;
}

/** Libraries and loader that a program needs, as `ldd` finds them; empty for a static one. */
export async function librariesOf(path: string): Promise<readonly string[]> {
  const result = await run('ldd', [path], { timeoutMs: 10_000 });
  const found = new Set<string>();
  for (const line of result.stdout.split('\n')) {
    const match = /(?:=>\s+|^\s+)(\/\S+)\s+\(0x/.exec(line);
    if (match?.[1] !== undefined) found.add(match[1]);
  }
  return [...found];
}

/** Parent directories, the outermost first, without the root. */
function parentsOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.slice(1).map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

function onPath(name: string): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), '/bin', '/usr/bin']
    .map((directory) => join(directory, name))
    .find((path) => isExecutable(path));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

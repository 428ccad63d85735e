import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mount, ServiceDefinition, StackDefinition } from '../../definition/types.ts';
import type { ImageDefaults } from '../../engines/types.ts';

/**
 * What a service's root directory consists of: the shell commands that make it, planned before anything is run.
 * The root lies on the run's private tmpfs; all mounts are made in the run's own mount namespace and vanish with it.
 */
export interface RootPlan {
  readonly root: string;
  readonly steps: readonly string[];
  /** What the plan leaves out or does otherwise, as sentences. */
  readonly notes: readonly string[];
  /** Why a container engine would not create this container, as a sentence. */
  readonly refused?: string;
}

interface PlannedMount {
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  readonly refused?: string;
}

export interface RootRequest {
  readonly definition: StackDefinition;
  readonly service: ServiceDefinition;
  readonly image: ImageDefaults;
  /** Binary of the store, and where in the root it goes (several paths where the command names another). */
  readonly binaries: readonly { readonly from: string; readonly to: string }[];
  /** Directories of the host that the binary or a shell needs, bound read-only: `/lib`, `/usr/lib`. */
  readonly hostDirectories: readonly string[];
  readonly hosts: string;
  /** Address of the server that knows the names of the network; undefined without one. */
  readonly nameServer?: string;
  /** Puts what a Dockerfile adds to its image into the root, before anything is mounted there. */
  readonly imageSteps?: (root: string) => readonly string[];
  /** Private directory of the run. */
  readonly base: string;
  /** False in a user namespace: owners cannot be set. */
  readonly ownership: boolean;
  readonly uid: number;
  readonly gid: number;
}

/** A single shell word. */
const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];

/** Plans the root of one service from its image's directories, its mounts and the engine's binary. */
export function planRoot(request: RootRequest): RootPlan {
  const { service, image, base, nameServer } = request;
  const root = join(base, 'roots', service.name);
  const steps: string[] = [];
  const notes: string[] = [];
  const at = (path: string): string => quote(join(root, path));

  steps.push(`mkdir -p ${['/etc', '/proc', '/sys', '/dev', '/tmp', '/run', '/var'].map(at).join(' ')}`);
  steps.push(`chmod 1777 ${at('/tmp')}`);
  for (const device of DEVICES)
    steps.push(`: > ${at(`/dev/${device}`)}`, `mount --bind /dev/${device} ${at(`/dev/${device}`)}`);
  steps.push(`mount --rbind /proc ${at('/proc')}`, `mount --rbind /sys ${at('/sys')}`);
  steps.push(
    ...fileSteps(root, '/etc/passwd', passwd(request)),
    ...fileSteps(root, '/etc/group', 'root:x:0:\nnobody:x:65534:\n'),
  );
  steps.push(
    ...fileSteps(root, '/etc/hosts', request.hosts),
    ...fileSteps(root, '/etc/nsswitch.conf', 'hosts: files\n'),
  );
  steps.push(
    ...fileSteps(
      root,
      '/etc/resolv.conf',
      nameServer === undefined ? '' : `nameserver ${nameServer}\noptions ndots:0\n`,
    ),
  );
  for (const directory of ['/etc/ssl/certs', ...request.hostDirectories]) {
    // Over programs of the host an overlay: the engine's own goes among them.
    const scratch = join(base, 'host', service.name, directory);
    const mount = /(^|\/)s?bin$/.test(directory)
      ? `mkdir -p ${quote(`${scratch}/upper`)} ${quote(`${scratch}/work`)}; mount -t overlay overlay -o ${quote(`lowerdir=${directory},upperdir=${scratch}/upper,workdir=${scratch}/work`)} ${at(directory)}`
      : `mount --bind -o ro ${directory} ${at(directory)}`;
    steps.push(`if [ -d ${directory} ]; then mkdir -p ${at(directory)}; ${mount}; fi`);
  }
  const owned = new Map(image.directories.map((directory) => [directory.path, directory.owner]));
  for (const [path, owner] of owned) {
    steps.push(`mkdir -p ${at(path)}`);
    if (request.ownership) steps.push(`chown ${owner} ${at(path)}`);
  }
  if (image.defaultConfig) steps.push(...fileSteps(root, image.defaultConfig.path, image.defaultConfig.content));
  if (image.workingDir) steps.push(`mkdir -p ${at(image.workingDir)}`);
  steps.push(...(request.imageSteps?.(root) ?? []));
  for (const { from, to } of request.binaries) steps.push(...bindSteps(from, join(root, to), 'file', true));

  const declared = new Set(service.mounts.map((mount) => mount.target));
  const anonymous: Mount[] = image.volumes
    .filter((path) => !declared.has(path))
    .map((target) => ({ kind: 'volume', target, readOnly: false, at: service.at }));
  // Parents before children, as container engines sort them.
  const mounts = [...anonymous, ...service.mounts].sort((one, other) => depth(one.target) - depth(other.target));
  let refused: string | undefined;
  for (const [index, mount] of mounts.entries()) {
    const planned = mountSteps(request, root, mount, index, owned);
    steps.push(...planned.steps);
    notes.push(...planned.notes);
    refused ??= planned.refused;
  }
  return { root, steps, notes, ...(refused === undefined ? {} : { refused }) };
}

function depth(path: string): number {
  return path.split('/').filter(Boolean).length;
}

function passwd({ uid, gid }: RootRequest): string {
  const entries = ['root:x:0:0:root:/root:/sbin/nologin', 'nobody:x:65534:65534:nobody:/:/sbin/nologin'];
  if (uid !== 0 && uid !== 65534) entries.push(`engine:x:${uid}:${gid}:engine:/:/sbin/nologin`);
  return `${entries.join('\n')}\n`;
}

function fileSteps(root: string, path: string, content: string): string[] {
  return [`mkdir -p ${quote(dirname(join(root, path)))}`, `printf %s ${quote(content)} > ${quote(join(root, path))}`];
}

function bindSteps(from: string, to: string, kind: 'file' | 'directory', readOnly: boolean): string[] {
  const make = kind === 'directory' ? `mkdir -p ${quote(to)}` : `mkdir -p ${quote(dirname(to))} && : >> ${quote(to)}`;
  return [make, `mount --bind ${readOnly ? '-o ro ' : ''}${quote(from)} ${quote(to)}`];
}

function mountSteps(
  request: RootRequest,
  root: string,
  mount: Mount,
  index: number,
  owned: ReadonlyMap<string, string>,
): PlannedMount {
  const target = join(root, mount.target);
  const { base, service } = request;
  switch (mount.kind) {
    case 'tmpfs': {
      const size = mount.sizeBytes === undefined ? '' : ` -o size=${mount.sizeBytes}`;
      return {
        steps: [
          `mkdir -p ${quote(target)}`,
          `mount -t tmpfs${size} tmpfs ${quote(target)}`,
          `chmod 1777 ${quote(target)}`,
        ],
        notes: [],
      };
    }
    case 'config':
    case 'secret': {
      const kept = join(base, 'configs', service.name, String(index));
      const content = mount.content;
      if (content === undefined)
        return mount.source === undefined
          ? { steps: [], notes: [] }
          : bindExisting(request, { ...mount, source: mount.source, readOnly: true }, target, index);
      return { steps: [...fileSteps('/', kept, content), ...bindSteps(kept, target, 'file', true)], notes: [] };
    }
    case 'volume': {
      const key = mount.volume ?? `anonymous-${service.name}-${index}`;
      const directory = join(base, 'volumes', key, mount.subpath ?? '');
      const steps = [`mkdir -p ${quote(directory)}`];
      // An empty volume takes owner and mode of the directory that the image has at its target; else it is root's.
      const owner = owned.get(mount.target);
      if (owner !== undefined && request.ownership) {
        steps.push(`if [ -z "$(ls -A ${quote(directory)})" ]; then chown ${owner} ${quote(directory)}; fi`);
      }
      steps.push(...bindSteps(directory, target, 'directory', mount.readOnly));
      return { steps: [steps.join('\n')], notes: [] };
    }
    case 'bind':
      return bindExisting(request, mount, target, index);
  }
}

/**
 * A file or directory of the user's. Writable ones get an overlay (directories) or a copy (files), so that nothing
 * that is the user's can be written or deleted.
 */
function bindExisting(
  { base, image, service: { name: service } }: RootRequest,
  mount: {
    readonly source: string;
    readonly target: string;
    readonly readOnly: boolean;
    readonly createHostPath?: boolean;
  },
  target: string,
  index: number,
): PlannedMount {
  const { source, readOnly } = mount;
  const kind = kindOf(source);
  if (kind === undefined) {
    // Docker makes an empty directory where a bind source is missing; so does this, but not on the host.
    if (mount.createHostPath !== true)
      return { steps: [], notes: [], refused: `the source ${source} of its mount ${mount.target} does not exist` };
    if (mount.target === image.defaultConfig?.path) {
      return {
        steps: [],
        notes: [],
        refused: `${source} does not exist, so a container engine makes an empty directory of it, and cannot mount that over the file ${mount.target} of the image`,
      };
    }
    return {
      steps: [`mkdir -p ${quote(target)}`],
      notes: [
        `${service}: ${source} does not exist; a container engine puts an empty directory there, and so does this run.`,
      ],
    };
  }
  if (
    readOnly ||
    source.startsWith('/proc') ||
    source.startsWith('/sys') ||
    source.endsWith('.sock') ||
    source === '/'
  ) {
    return { steps: bindSteps(source, target, kind, true), notes: [] };
  }
  const scratch = join(base, 'writable', service, String(index));
  if (kind === 'file') {
    return {
      steps: [
        `mkdir -p ${quote(dirname(scratch))} && cp -p ${quote(source)} ${quote(scratch)}`,
        ...bindSteps(scratch, target, 'file', false),
      ],
      notes: [],
    };
  }
  const upper = `${scratch}/upper`;
  const work = `${scratch}/work`;
  const overlay = `lowerdir=${source.replaceAll(/([:,\\])/g, '\\$1')},upperdir=${upper},workdir=${work}`;
  return {
    steps: [
      `mkdir -p ${quote(upper)} ${quote(work)} ${quote(target)}`,
      `chown --reference=${quote(source)} ${quote(upper)} 2>/dev/null || true; chmod --reference=${quote(source)} ${quote(upper)}`,
      `mount -t overlay overlay -o ${quote(overlay)} ${quote(target)}`,
    ],
    notes: [],
  };
}

function kindOf(path: string): 'file' | 'directory' | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  return status.isDirectory() ? 'directory' : 'file';
}

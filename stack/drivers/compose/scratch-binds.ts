import { chownSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { run, tail } from '../../engines/store/run.ts';
import type { ComposeModel, ModelMount } from './compose-model.ts';

export interface BindPlan {
  /** Service → mounts that take the place of the user's at the same target. */
  readonly mounts: Readonly<Record<string, readonly ModelMount[]>>;
  /** Volume key → scratch directory, for volumes that are a directory of the host in disguise. */
  readonly devices: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

const LARGEST_COPY = 64 * 1024 * 1024;
const MOST_FILES = 20_000;

/**
 * Copies everything of the host that a service could write to, and says which mounts take the copies' place. What is
 * mounted read-only stays, unless another service writes to it.
 */
export async function planBinds(model: ComposeModel, services: readonly string[], scratch: string): Promise<BindPlan> {
  const copies = new Copies(scratch);
  const binds = services.flatMap((service) =>
    (model.services[service]?.volumes ?? [])
      .filter((mount) => mount.type === 'bind')
      .map((mount) => ({ service, mount })),
  );
  // Parents first: what lies in a copied directory is a part of that copy.
  const writable = binds.filter(({ mount }) => isWritable(mount)).map(({ mount }) => mount.source ?? '');
  for (const source of writable.sort((one, other) => one.length - other.length)) await copies.add(source);
  const devices: Record<string, string> = {};
  for (const [key, volume] of Object.entries(model.volumes)) {
    const device = volume?.driver_opts?.device;
    if (device?.startsWith('/') && /\bbind\b/.test(volume?.driver_opts?.o ?? '')) {
      devices[key] = await copies.add(device);
    }
  }
  const mounts: Record<string, ModelMount[]> = {};
  for (const { service, mount } of binds) {
    const replacement = replace(mount, copies);
    if (replacement !== undefined) mounts[service] = [...(mounts[service] ?? []), replacement];
  }
  return { mounts, devices, notes: copies.notes };
}

function isWritable(mount: ModelMount): boolean {
  const source = mount.source ?? '';
  if (mount.read_only === true || isOfTheSystem(source)) return false;
  return existsSync(source) || mount.bind?.create_host_path === true;
}

/** The kernel's file systems, sockets and the whole root: nothing to copy. They are mounted read-only. */
function isOfTheSystem(source: string): boolean {
  if (source === '/' || /^\/(proc|sys|dev)(\/|$)/.test(source)) return true;
  const status = statSync(source, { throwIfNoEntry: false });
  return status !== undefined && !status.isFile() && !status.isDirectory();
}

function replace(mount: ModelMount, copies: Copies): ModelMount | undefined {
  const source = mount.source ?? '';
  const copy = copies.of(source);
  if (copy !== undefined) return { ...mount, source: copy };
  if (!existsSync(source)) {
    // A container engine makes an empty directory of a missing source. Not among the user's files.
    return mount.bind?.create_host_path === true ? { ...mount, source: copies.empty(source) } : undefined;
  }
  return mount.read_only === true ? undefined : { ...mount, read_only: true };
}

class Copies {
  readonly notes: string[] = [];
  readonly #scratch: string;
  readonly #bySource = new Map<string, string>();

  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  /** The copy of a path, or the place in the copy of the directory that it lies in. */
  of(source: string): string | undefined {
    for (const [original, copy] of this.#bySource) {
      if (source === original) return copy;
      if (source.startsWith(`${original}/`)) return join(copy, relative(original, source));
    }
    return undefined;
  }

  async add(source: string): Promise<string> {
    const known = this.of(source);
    if (known !== undefined) return known;
    const status = statSync(source, { throwIfNoEntry: false });
    if (status === undefined) return this.empty(source);
    if (status.isDirectory() && !isSmall(source)) {
      this.notes.push(
        `${source} is too large to be copied, and it may be written to: the run has an empty directory in its place.`,
      );
      return this.empty(source, status);
    }
    const copy = this.#place(source);
    mkdirSync(dirname(copy), { recursive: true });
    const { code, output, problem } = await run('cp', ['-a', realpathSync(source), copy], { timeoutMs: 60_000 });
    if (code !== 0) this.notes.push(`${source} could not be copied whole: ${problem ?? tail(output, 1)}`);
    return copy;
  }

  empty(source: string, like?: Stats): string {
    const known = this.of(source);
    if (known !== undefined) return known;
    const directory = this.#place(source);
    mkdirSync(directory, { recursive: true, mode: like === undefined ? 0o755 : like.mode & 0o7777 });
    if (like === undefined) {
      this.notes.push(
        `${source} does not exist; a container engine puts an empty directory there, and so does this run.`,
      );
    } else if (process.getuid?.() === 0) chownSync(directory, like.uid, like.gid);
    return directory;
  }

  #place(source: string): string {
    const copy = join(this.#scratch, 'binds', String(this.#bySource.size), basename(source));
    this.#bySource.set(source, copy);
    return copy;
  }
}

function isSmall(directory: string): boolean {
  let bytes = 0;
  let files = 0;
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    let entries: string[];
    try {
      entries = readdirSync(next);
    } catch {
      continue; // The copy itself tells what cannot be read.
    }
    for (const name of entries) {
      const path = join(next, name);
      const status = lstatSync(path, { throwIfNoEntry: false });
      if (status?.isDirectory()) pending.push(path);
      bytes += status?.size ?? 0;
      files += 1;
      if (bytes > LARGEST_COPY || files > MOST_FILES) return false;
    }
  }
  return true;
}

import { existsSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheRoot } from '../../stack/engines/store/cache.ts';
import { isOffline } from '../../stack/engines/store/download.ts';
import { type Finding, missing, ok } from './finding.ts';

const GIB = 1024 ** 3;
/** Go's build cache and the largest engine together. */
const SPACE_TO_BUILD = 8 * GIB;
/** Four engines side by side and Telltale itself. */
const MEMORY_TO_RUN = 2 * GIB;

/** Node, processor and memory, and the space for engines. */
export async function machineFindings(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  return [
    ok('node', `${process.versions.node}, ${process.execPath}`),
    memoryFinding(totalmem(), process.constrainedMemory(), availableParallelism()),
    await cacheFinding(env),
    networkFinding(env),
  ];
}

/** @param limit of the control group, bytes; 0 or more than there is where none is set. */
export function memoryFinding(total: number, limit: number, cores: number): Finding {
  const usable = limit > 0 ? Math.min(total, limit) : total;
  const says = `${gib(usable)} of memory, ${cores} ${cores === 1 ? 'core' : 'cores'}`;
  if (usable >= MEMORY_TO_RUN) return ok('machine', says);
  return missing('machine', says, `A stack of four engines wants ${gib(MEMORY_TO_RUN)}: give the machine more memory.`);
}

export function spaceFinding(directory: string, free: number, used: number): Finding {
  const says = `${directory}: ${gib(used)} of engines, ${gib(free)} free`;
  if (free >= SPACE_TO_BUILD) return ok('engine cache', says);
  return missing(
    'engine cache',
    says,
    `Building engines can take ${gib(SPACE_TO_BUILD)}: free some space, or set TELLTALE_ENGINE_CACHE to another disk.`,
  );
}

async function cacheFinding(env: NodeJS.ProcessEnv): Promise<Finding> {
  const root = cacheRoot(env);
  let there = root;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const { bavail, bsize } = await statfs(there);
  return spaceFinding(root, bavail * bsize, await sizeOf(root));
}

/** Bytes of all files below; what cannot be read counts nothing. */
async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return sizeOf(path);
      return entry.isFile() ? (await stat(path).catch(() => ({ size: 0 }))).size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function networkFinding(env: NodeJS.ProcessEnv): Finding {
  return ok(
    'network',
    isOffline(env)
      ? 'TELLTALE_OFFLINE is set: engines are only taken from this machine'
      : 'not tried: nothing was asked of any registry; TELLTALE_OFFLINE=1 forbids it to installs too',
  );
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

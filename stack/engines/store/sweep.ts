import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './cache.ts';
import { staleMs } from './lock.ts';
import { removeTree } from './staging.ts';

/**
 * Removes what killed installs left in the cache: unfinished builds and locks that nobody touches any more. Builds
 * that are under way have a live lock and are left alone.
 * @returns the paths removed.
 */
export async function sweepStore(env: NodeJS.ProcessEnv = process.env): Promise<readonly string[]> {
  const root = cacheRoot(env);
  const removed: string[] = [];
  for (const engine of await namesIn(root)) {
    const directory = join(root, engine);
    const names = await namesIn(directory);
    const live = new Set<string>();
    for (const lock of names.filter((name) => name.startsWith('.lock'))) {
      const age = await ageOf(join(directory, lock));
      if (age === undefined) continue;
      if (age < staleMs) live.add(lock);
      else {
        await rm(join(directory, lock), { force: true });
        removed.push(join(directory, lock));
      }
    }
    for (const building of names.filter((name) => name.startsWith('.building-'))) {
      // `.building-3.7.8-x1y2z3` belongs to `.lock-3.7.8`; Go's own downloads have one lock for all.
      const owner = building.replace(/^\.building-/, '.lock-').replace(/-[^-]+$/, '');
      if (live.has(owner) || live.has('.lock')) continue;
      await removeTree(join(directory, building));
      removed.push(join(directory, building));
    }
  }
  return removed;
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}

async function ageOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  );
}

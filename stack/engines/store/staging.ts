import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isExecutable } from './run.ts';

/**
 * Makes files in a directory beside the target and moves them into the target when all of them are complete, so that
 * nobody ever sees half a binary. What a killed run left there is removed first: the caller holds the lock.
 * @param make writes its results into `out` and may use `work` for anything; returns their names.
 */
export async function staged(
  target: string,
  make: (directories: { readonly out: string; readonly work: string }) => Promise<readonly string[]>,
): Promise<void> {
  const parent = dirname(target);
  const prefix = `.building-${basename(target)}-`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await removeTree(join(parent, name));
  }
  const staging = await mkdtemp(join(parent, prefix));
  try {
    const out = join(staging, 'out');
    const work = join(staging, 'work');
    await mkdir(out);
    await mkdir(work);
    const names = await make({ out, work });
    await mkdir(target, { recursive: true });
    for (const name of names) {
      const path = join(out, name);
      if (!isExecutable(path)) await chmod(path, 0o755);
      await rename(path, join(target, name));
    }
  } finally {
    await removeTree(staging);
  }
}

/** Removes a tree, read-only directories (as in copies of Go's module cache) included. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    await makeWritable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

export async function makeWritable(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(path, entry.name));
  }
}

import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../../definition/types.ts';

/** Where engines are kept: `TELLTALE_ENGINE_CACHE`, else `~/.cache/telltale/engines`. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.TELLTALE_ENGINE_CACHE) return env.TELLTALE_ENGINE_CACHE;
  return join(env.HOME || homedir(), '.cache', 'telltale', 'engines');
}

/** `<cache>/<engine>/<version>`: the binary and its companions lie directly in it. */
export function cacheDirectory(engine: EngineName, version: string, env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheRoot(env), engine, version);
}

/** Versions that the cache has a directory for, without those being built. */
export async function cachedVersions(engine: EngineName, env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  try {
    const entries = await readdir(join(cacheRoot(env), engine), { withFileTypes: true });
    return entries
      .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

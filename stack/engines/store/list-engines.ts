import type { EngineName } from '../../definition/types.ts';
import { loadCatalog } from '../catalog.ts';
import { cachedVersions } from './cache.ts';
import { findEngine, installRemedy, isFound } from './find-engine.ts';
import { compareVersions, parseVersion } from './version.ts';

/** One line of `telltale engines list`. */
export interface EngineListing {
  readonly engine: EngineName;
  readonly version: string;
  /** What is taken for the tag `latest` where nothing else is found. */
  readonly default: boolean;
  /** Where it is; absent: it is known and not on this machine. */
  readonly found?: { readonly path: string; readonly source: string; readonly companions: readonly string[] };
  /** What brings it, where it is not here. */
  readonly remedy?: string;
}

/** Every engine, with each version that is known or found here; oldest first. */
export async function listEngines(env: NodeJS.ProcessEnv = process.env): Promise<readonly EngineListing[]> {
  const listings: EngineListing[] = [];
  for (const entry of loadCatalog().engines) {
    const { engine } = entry;
    const newest = await findEngine(engine, undefined, { env });
    const versions = new Set([...entry.versions, ...(await cachedVersions(engine, env))]);
    if (isFound(newest)) versions.add(newest.version);
    const sorted = [...versions].sort((a, b) => {
      const [left, right] = [parseVersion(a), parseVersion(b)];
      return left === undefined || right === undefined ? a.localeCompare(b) : compareVersions(left, right);
    });
    for (const version of sorted) {
      const result = await findEngine(engine, version, { env });
      const here = isFound(result) && result.asked === undefined;
      listings.push({
        engine,
        version,
        default: version === entry.defaultVersion,
        ...(here
          ? { found: { path: result.path, source: result.source, companions: Object.keys(result.companions) } }
          : {}),
        ...(here ? {} : { remedy: installRemedy(entry, version) }),
      });
    }
  }
  return listings;
}

import { join } from 'node:path';
import type { EngineName } from '../../definition/types.ts';
import { MachineError } from '../../drivers/types.ts';
import { type Catalog, loadCatalog } from '../catalog.ts';
import type { CatalogEntry, EngineBinary } from '../types.ts';
import { cacheDirectory, cacheRoot } from './cache.ts';
import { fromCollectorBuilder } from './collector.ts';
import { findEngine, isFound } from './find-engine.ts';
import { fromGoModule } from './go-module.ts';
import { withLock } from './lock.ts';
import { collectorComponents } from './probe.ts';
import type { Progress } from './progress.ts';
import { fromRelease } from './release.ts';
import { staged } from './staging.ts';
import { compareVersions, formatVersion, parseVersion, sameMinor, type Version } from './version.ts';

export interface InstallOptions extends Progress {
  /** For a Collector: what it must contain, `receiver/otlp`. */
  readonly components?: readonly string[];
  readonly catalog?: Catalog;
}

/**
 * Brings an engine into the cache: from the release archive where it can be reached, else built from the published Go
 * module. What is there already is kept; two installs of one engine wait for each other.
 * @param version `3.7.8`, `v3.7` (the newest known of that minor), undefined for the catalog's default.
 * @throws MachineError with every step that was tried, and what to do by hand.
 */
export async function installEngine(
  engine: EngineName,
  version: string | undefined,
  options: InstallOptions,
): Promise<EngineBinary> {
  const entry = (options.catalog ?? loadCatalog()).entry(engine);
  const wanted = exactVersion(entry, version);
  const exact = formatVersion(wanted);
  const find = {
    env: inCacheOnly(),
    components: options.components ?? [],
    ...(options.catalog ? { catalog: options.catalog } : {}),
  };
  const there = await findEngine(engine, exact, find);
  if (isFound(there) && there.asked === undefined) return there;

  return withLock(join(cacheRoot(), engine, `.lock-${exact}`), options, async () => {
    const again = await findEngine(engine, exact, find);
    if (isFound(again) && again.asked === undefined) return again;
    let source: EngineBinary['source'] = 'release';
    await staged(cacheDirectory(engine, exact), async (directories) => {
      const tried: string[] = [];
      const released = await fromRelease(entry, wanted, directories, options);
      if (released.ok) return released.names;
      tried.push(released.why);
      options.progress(released.why);
      try {
        if (entry.source.goModule !== undefined) {
          source = 'go-module';
          return await fromGoModule(entry, wanted, directories, options);
        }
        if (entry.source.collectorBuilder !== undefined) {
          source = 'collector-builder';
          return await buildCollector(entry, wanted, directories, options);
        }
      } catch (error) {
        if (!(error instanceof MachineError)) throw error;
        throw new MachineError(`${engine} ${exact} cannot be installed. ${tried.join(' ')} ${error.message}`, {
          remedy: error.remedy,
          cause: error,
        });
      }
      throw new MachineError(`${engine} ${exact} cannot be installed. ${tried.join(' ')}`, {
        remedy: entry.source.byHand,
      });
    });
    const installed = await findEngine(engine, exact, find);
    if (isFound(installed) && installed.asked === undefined) return { ...installed, source };
    const why = isFound(installed) ? `the binary says that it is ${installed.version}` : installed.tried.join(' ');
    throw new MachineError(`${engine} ${exact} was installed but cannot be used: ${why}`, {
      remedy: entry.source.byHand,
    });
  });
}

async function buildCollector(
  entry: CatalogEntry,
  version: Version,
  directories: { readonly out: string; readonly work: string },
  options: InstallOptions,
): Promise<readonly string[]> {
  const builder = entry.source.collectorBuilder;
  // What the cached one can do, the new one shall do too: other stacks were built for.
  const old = join(cacheDirectory(entry.engine, formatVersion(version)), entry.binary);
  const before = await collectorComponents(old);
  const keys = before.ok ? before.components.map((component) => component.key) : [];
  const known = keys.filter((key) => builder?.components[key] !== undefined);
  const wished = [...new Set([...(builder?.defaults ?? []), ...known])];
  const components = { asked: options.components ?? [], wished };
  const result = await fromCollectorBuilder(entry, version, components, directories, options);
  const built = await collectorComponents(join(directories.out, entry.binary));
  if (built.ok || built.reason === undefined) return result.names;
  throw new MachineError(`The Collector that was built cannot be used: ${built.reason}.`, {
    remedy: entry.source.byHand,
  });
}

/** The cache is all that counts for an install: what PATH has may go away. */
function inCacheOnly(): NodeJS.ProcessEnv {
  return { TELLTALE_ENGINE_CACHE: cacheRoot() };
}

/**
 * @throws MachineError where the words name no version.
 */
function exactVersion(entry: CatalogEntry, asked: string | undefined): Version {
  const text = asked === undefined || asked === 'latest' ? entry.defaultVersion : asked;
  const version = parseVersion(text);
  const known = entry.versions.flatMap((candidate) => parseVersion(candidate) ?? []);
  if (version === undefined) {
    throw new MachineError(`${asked} is not a version of ${entry.engine}.`, {
      remedy: `Name one such as ${entry.defaultVersion}; known are ${entry.versions.join(', ')}.`,
    });
  }
  if (version.patch !== undefined) return version;
  const [newest] = known.filter((candidate) => sameMinor(version, candidate)).sort((a, b) => compareVersions(b, a));
  if (newest !== undefined) return newest;
  throw new MachineError(`Telltale knows no ${entry.engine} of ${asked}.`, {
    remedy: `Name an exact version; known are ${entry.versions.join(', ')}.`,
  });
}

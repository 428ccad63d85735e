import { delimiter, join } from 'node:path';
import type { EngineName } from '../../definition/types.ts';
import { type Catalog, loadCatalog } from '../catalog.ts';
import type { CatalogEntry, EngineBinary, MissingEngine } from '../types.ts';
import { cacheDirectory, cachedVersions } from './cache.ts';
import { collectorComponents, missingComponents, probeVersion } from './probe.ts';
import { isExecutable } from './run.ts';
import { compareVersions, parseVersion, sameMinor, type Version } from './version.ts';

export interface FindOptions {
  /** The user's own binary; comes before `TELLTALE_ENGINE_<NAME>`. */
  readonly path?: string;
  /** For a Collector: what its configuration uses, `receiver/otlp`. A binary without one of them is passed over. */
  readonly components?: readonly string[];
  /** Instead of the process' own; for tests. */
  readonly env?: NodeJS.ProcessEnv;
  readonly catalog?: Catalog;
}

interface Candidate {
  readonly path: string;
  readonly source: 'explicit' | 'PATH' | 'cache';
  readonly version: string;
  readonly parsed: Version | undefined;
}

/**
 * Looks for an engine's binary on this machine and installs nothing: an explicit path, then `PATH`, then the cache.
 * The exact version comes first, else the nearest patch of the same minor; a minor is never crossed. Without a
 * version (tag `latest`) it is the newest found of the catalog's default minor, else the newest found.
 * @param asked the version that the stack names: `3.7.8`, `v3.7`, a whole tag; undefined for `latest`.
 */
export async function findEngine(
  engine: EngineName,
  asked: string | undefined,
  options: FindOptions = {},
): Promise<EngineBinary | MissingEngine> {
  const env = options.env ?? process.env;
  const entry = (options.catalog ?? loadCatalog()).entry(engine);
  const wanted = asked === undefined || asked === 'latest' ? undefined : parseVersion(asked);
  const tried: string[] = [];
  const missing = (): MissingEngine => ({
    engine,
    asked: asked ?? 'latest',
    tried,
    remedy: installRemedy(entry, wanted === undefined ? undefined : asked),
  });
  if (asked !== undefined && asked !== 'latest' && wanted === undefined) {
    tried.push(`The tag ${asked} names no version, so no binary can be matched to it.`);
    return missing();
  }

  const explicit = await explicitCandidates(entry, asked, options, env, tried);
  const others = [...(await pathCandidates(entry, env, tried)), ...(await cacheCandidates(entry, env, tried))];
  for (const group of [explicit, others]) {
    for (const candidate of inOrder(group, wanted, entry)) {
      if (!fits(candidate, wanted)) {
        tried.push(`${candidate.path} is ${candidate.version}, another minor than ${asked}: not taken.`);
        continue;
      }
      const unfit = await unfitFor(entry, candidate.path, options.components ?? []);
      if (unfit !== undefined) {
        tried.push(`${candidate.path} is ${candidate.version} but ${unfit}.`);
        continue;
      }
      return toBinary(engine, entry, candidate, asked, wanted);
    }
  }
  return missing();
}

/** Whether what was found is a binary. */
export function isFound(result: EngineBinary | MissingEngine): result is EngineBinary {
  return 'path' in result;
}

async function explicitCandidates(
  entry: CatalogEntry,
  asked: string | undefined,
  options: FindOptions,
  env: NodeJS.ProcessEnv,
  tried: string[],
): Promise<Candidate[]> {
  const variable = `TELLTALE_ENGINE_${entry.engine.toUpperCase()}`;
  const named = options.path === undefined ? (env[variable] ?? '').split(delimiter) : [options.path];
  const origin = options.path === undefined ? variable : 'the given path';
  const candidates: Candidate[] = [];
  for (const path of named.filter((name) => name !== '')) {
    const probe = await probeVersion(path, entry.versionArgs);
    if (!probe.ok) {
      tried.push(`${path} (${origin}) cannot be used: ${probe.reason}.`);
      continue;
    }
    // A build that names no version is taken at the user's word.
    const version = probe.version ?? (asked === undefined || asked === 'latest' ? entry.defaultVersion : asked);
    candidates.push({ path, source: 'explicit', version, parsed: parseVersion(version) });
  }
  if (candidates.length === 0 && named.every((name) => name === '')) tried.push(`${variable} is not set.`);
  return candidates;
}

async function pathCandidates(entry: CatalogEntry, env: NodeJS.ProcessEnv, tried: string[]): Promise<Candidate[]> {
  const names = [entry.binary, ...entry.recognise.programs.filter((name) => !name.includes('/'))];
  const directories = (env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  const paths = directories.flatMap((directory) => [...new Set(names)].map((name) => join(directory, name)));
  const candidates: Candidate[] = [];
  for (const path of new Set(paths.filter((candidate) => isExecutable(candidate)))) {
    const probe = await probeVersion(path, entry.versionArgs);
    if (probe.ok && probe.version !== undefined) {
      candidates.push({ path, source: 'PATH', version: probe.version, parsed: parseVersion(probe.version) });
    } else {
      tried.push(`${path} (PATH) cannot be used: ${probe.ok ? 'it does not say its version' : probe.reason}.`);
    }
  }
  if (candidates.length === 0) tried.push(`PATH has no usable ${entry.binary}.`);
  return candidates;
}

async function cacheCandidates(entry: CatalogEntry, env: NodeJS.ProcessEnv, tried: string[]): Promise<Candidate[]> {
  const versions = await cachedVersions(entry.engine, env);
  const candidates: Candidate[] = [];
  for (const directory of versions) {
    const path = join(cacheDirectory(entry.engine, directory, env), entry.binary);
    const probe = await probeVersion(path, entry.versionArgs);
    if (!probe.ok) {
      tried.push(`${path} (cache) cannot be used: ${probe.reason}.`);
      continue;
    }
    // A binary that was put here by hand may be built without its version; the directory then says it.
    const version = probe.version ?? directory;
    candidates.push({ path, source: 'cache', version, parsed: parseVersion(version) });
  }
  if (versions.length === 0) tried.push(`The cache has no ${entry.engine} (${cacheDirectory(entry.engine, '', env)}).`);
  return candidates;
}

function fits(candidate: Candidate, wanted: Version | undefined): boolean {
  if (wanted === undefined) return true;
  return candidate.parsed !== undefined && sameMinor(wanted, candidate.parsed);
}

/** Best first. Equal versions keep their order: `PATH` before the cache. */
function inOrder(candidates: readonly Candidate[], wanted: Version | undefined, entry: CatalogEntry): Candidate[] {
  const preferred = wanted?.minor === undefined ? parseVersion(entry.defaultVersion) : undefined;
  const rank = (candidate: Candidate): readonly number[] => {
    const { parsed } = candidate;
    if (parsed === undefined) return [3, 0];
    if (wanted?.patch !== undefined) {
      if (compareVersions(wanted, parsed) === 0) return [0, 0];
      return [sameMinor(wanted, parsed) ? 1 : 2, Math.abs((parsed.patch ?? 0) - wanted.patch)];
    }
    if (!fits(candidate, wanted)) return [2, 0];
    return [preferred !== undefined && sameMinor(preferred, parsed) ? 0 : 1, 0];
  };
  return [...candidates].sort((a, b) => {
    const [rankA, rankB] = [rank(a), rank(b)];
    const byRank = (rankA[0] ?? 0) - (rankB[0] ?? 0) || (rankA[1] ?? 0) - (rankB[1] ?? 0);
    if (byRank !== 0 || a.parsed === undefined || b.parsed === undefined) return byRank;
    return compareVersions(b.parsed, a.parsed);
  });
}

/** Why a Collector cannot do what is asked of it; undefined where it can, or is too old to say. */
async function unfitFor(entry: CatalogEntry, path: string, components: readonly string[]): Promise<string | undefined> {
  const builder = entry.source.collectorBuilder;
  if (builder === undefined || components.length === 0) return undefined;
  const built = await collectorComponents(path);
  if (!built.ok) return built.reason;
  const lacks = missingComponents(components, built.components, builder.components);
  return lacks.length === 0 ? undefined : `was built without ${lacks.join(', ')}`;
}

function toBinary(
  engine: EngineName,
  entry: CatalogEntry,
  candidate: Candidate,
  asked: string | undefined,
  wanted: Version | undefined,
): EngineBinary {
  const directory = join(candidate.path, '..');
  const companions = entry.companions
    .map((name) => [name, join(directory, name)] as const)
    .filter(([, path]) => isExecutable(path));
  const differs =
    wanted?.patch !== undefined && candidate.parsed !== undefined && compareVersions(wanted, candidate.parsed) !== 0;
  return {
    engine,
    version: candidate.version,
    path: candidate.path,
    source: candidate.source,
    companions: Object.fromEntries(companions),
    ...(differs && asked !== undefined ? { asked } : {}),
  };
}

/** The command that brings an engine, or what to do by hand where Telltale cannot. */
export function installRemedy(entry: CatalogEntry, asked: string | undefined): string {
  const { source, engine } = entry;
  const version = asked === undefined ? '' : `@${asked.replace(/^v/, '')}`;
  const command = `telltale engines install ${engine}${version}`;
  if (source.goModule !== undefined || source.collectorBuilder !== undefined) return command;
  return source.release === undefined ? source.byHand : `${command}, or: ${source.byHand}`;
}

import { readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CatalogEntry } from '../types.ts';
import { untar, unzip } from './archives.ts';
import { download, isOffline, sha256 } from './download.ts';
import type { Progress } from './progress.ts';
import { withHeartbeat } from './progress.ts';
import { fillTemplate } from './templates.ts';
import type { Version } from './version.ts';

/** Whether the release archive brought the engine; if not, why, as a sentence. */
export type ReleaseResult =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly why: string };

/**
 * Takes an engine's binary and its companions out of the official release archive into `out`. The archive's SHA-256
 * must be the one in the release's list of checksums.
 */
export async function fromRelease(
  entry: CatalogEntry,
  version: Version,
  directories: { readonly out: string; readonly work: string },
  { progress, signal }: Progress,
): Promise<ReleaseResult> {
  const { release } = entry.source;
  if (release === undefined) return { ok: false, why: `No release archive of ${entry.engine} is known.` };
  if (isOffline()) return { ok: false, why: 'The release archive was not tried: TELLTALE_OFFLINE is set.' };
  const url = fillTemplate(release.url, version);
  const archive = join(directories.work, basename(new URL(url).pathname));
  const checksums = join(directories.work, 'checksums');
  try {
    progress(`asking for ${url}`);
    await download(fillTemplate(release.checksums, version), checksums, signal === undefined ? {} : { signal });
    const expected = checksumOf(await readFile(checksums, 'utf8'), basename(archive));
    if (expected === undefined) return { ok: false, why: `The release's checksums do not name ${basename(archive)}.` };
    let state = 'downloading';
    await withHeartbeat(
      () => state,
      progress,
      () =>
        download(url, archive, {
          ...(signal === undefined ? {} : { signal }),
          onBytes: (received, total) => {
            state = `downloading ${megabytes(received)}${total === undefined ? '' : ` of ${megabytes(total)}`}`;
          },
        }),
    );
    const actual = await sha256(archive);
    if (actual !== expected) {
      return { ok: false, why: `${url} has SHA-256 ${actual}, but the release says ${expected}: not used.` };
    }
    progress(`unpacking ${basename(archive)}`);
    return { ok: true, names: await unpack(entry, version, archive, directories) };
  } catch (error) {
    return {
      ok: false,
      why: `The release archive ${url} cannot be had: ${error instanceof Error ? error.message : String(error)}.`,
    };
  }
}

async function unpack(
  entry: CatalogEntry,
  version: Version,
  archive: string,
  { out, work }: { readonly out: string; readonly work: string },
): Promise<readonly string[]> {
  const member = fillTemplate(entry.source.release?.member ?? entry.binary, version);
  const beside = (name: string): string => join(member, '..', name);
  if (archive.endsWith('.zip')) {
    await unzip(archive, out, (name) => (name === member ? entry.binary : undefined));
    return [entry.binary];
  }
  await untar(archive, work, [member]);
  await rename(join(work, member), join(out, entry.binary));
  const names = [entry.binary];
  for (const companion of entry.companions) {
    try {
      await untar(archive, work, [beside(companion)]);
      await rename(join(work, beside(companion)), join(out, companion));
      names.push(companion);
    } catch {
      // Not every release carries its companions.
    }
  }
  await rm(archive, { force: true });
  return names;
}

/** The checksum of a file in a list as `sha256sum` writes it. */
export function checksumOf(list: string, name: string): string | undefined {
  for (const line of list.split('\n')) {
    const match = /^([0-9a-f]{64})[ \t]+\*?(?:\.\/)?(.+?)\s*$/i.exec(line);
    if (match?.[2] === name) return match[1]?.toLowerCase();
  }
  return undefined;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { run, tail } from './run.ts';

/**
 * Unpacks a zip.
 * @param place where a member goes, relative to `target`; undefined leaves it out.
 * @throws Error where the archive is damaged or a member would lie outside `target`.
 */
export async function unzip(
  archive: string,
  target: string,
  place: (member: string) => string | undefined = (member) => member,
): Promise<void> {
  const zip = await open(archive);
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        extract(zip, entry, target, place).then(() => zip.readEntry(), reject);
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  target: string,
  place: (member: string) => string | undefined,
): Promise<void> {
  const relative = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
  if (relative === undefined) return;
  const path = normalize(join(target, relative));
  if (!path.startsWith(`${normalize(target)}/`)) throw new Error(`${entry.fileName} would lie outside ${target}`);
  await mkdir(dirname(path), { recursive: true });
  const mode = (entry.externalFileAttributes >>> 16) & 0o777;
  await pipeline(await openMember(zip, entry), createWriteStream(path, { mode: mode === 0 ? 0o644 : mode }));
}

/** Calls back with each file of a zip, in the order of the archive. */
export async function eachMember(
  archive: string,
  visit: (name: string, content: Readable) => Promise<void>,
): Promise<void> {
  const zip = await open(archive);
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        if (entry.fileName.endsWith('/')) return zip.readEntry();
        openMember(zip, entry)
          .then((content) => visit(entry.fileName, content))
          .then(() => zip.readEntry(), reject);
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}

function open(archive: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });
}

function openMember(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}

/**
 * Takes members out of a `.tar.gz` with the machine's tar.
 * @throws Error with tar's words.
 */
export async function untar(archive: string, target: string, members: readonly string[]): Promise<void> {
  const result = await run('tar', ['-xzf', archive, '-C', target, '--no-same-owner', '--', ...members]);
  if (result.code !== 0) throw new Error(result.problem ?? tail(result.output));
}

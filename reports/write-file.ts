import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { NotWrittenError } from './report-error.ts';

/**
 * Writes a whole file or nothing: under a name of its own beside the target, then renamed, so that a reader never sees
 * half of it and a full disk leaves the older file as it was.
 *
 * @throws NotWrittenError with the path and the reason.
 */
export function writeFileWhole(path: string, content: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  let fd: number | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    fd = openSync(draft, 'w');
    const bytes = Buffer.from(content);
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    fsyncSync(fd);
    closeSync(fd);
    fd = undefined;
    renameSync(draft, path);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    removeQuietly(draft);
    throw new NotWrittenError(path, error);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The reason for the failure is the same, and it is told already.
  }
}

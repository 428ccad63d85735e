import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ReportError, systemReason } from './report-error.ts';

/**
 * Writes a whole file or nothing: under a name of its own beside the target, then renamed, so that a reader never sees
 * half of it and a full disk leaves the older file as it was.
 *
 * @throws ReportError with the path and the reason.
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
    rmSync(draft, { force: true });
    throw new ReportError(`${path} was not written: ${systemReason(error)}`);
  }
}

/**
 * Something that a reader of reports can put right: a file that cannot be read, written, or understood.
 * The message is a whole sentence with the place; no stack trace belongs in front of a user.
 */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

/** The words of an error of the operating system, without Node's own prefix and suffix. */
export function systemReason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; free some space or name another directory with --out';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied; name a directory that you may write to with --out';
    case 'EROFS':
      return 'the file system is read-only; name another directory with --out';
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a directory';
    case 'ENOTDIR':
      return 'a part of the path is not a directory';
    case 'EEXIST':
      return 'a file of that name is in the way';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

import { groupBy } from './group-by.ts';

/**
 * Something that a reader of reports can put right: a file that cannot be read, written, or understood.
 * The message is a whole sentence with the place; no stack trace belongs in front of a user.
 */
export class ReportError extends Error {
  override readonly name: string = 'ReportError';
}

/** A report that could not be written; several for one reason are told as one. */
export class NotWrittenError extends ReportError {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, cause: unknown) {
    const reason = systemReason(cause);
    super(`${path} was not written: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

/** One sentence for each reason: a full disk keeps all reports from being written, and is one problem. */
export function sentencesOf(errors: readonly NotWrittenError[]): string[] {
  const paths = groupBy(errors, (error) => error.reason);
  return [...paths].map(
    ([reason, of]) =>
      `${of.map(({ path }) => path).join(', ')} ${of.length === 1 ? 'was' : 'were'} not written: ${reason}`,
  );
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

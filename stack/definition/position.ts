/** A place in one of the user's files. Lines and columns count from 1. */
export interface Position {
  /** Path relative to the stack directory where the file is inside it, absolute otherwise. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `conf/loki.yaml:18:3`, the form that editors and terminals turn into a link. */
export function formatPosition(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`;
}

/**
 * Where a value in force comes from. `default` and `image` have no position in the user's files;
 * everything else has one.
 */
export type Origin = 'file' | 'flag' | 'environment' | 'image' | 'default';

/** One value in force, and who says so. */
export interface Setting<T> {
  readonly value: T;
  readonly from: Origin;
  /** Present unless `from` is `default` or `image`. */
  readonly at?: Position;
  /** The key as the engine spells it: `limits_config.retention_period`, `--web.enable-otlp-receiver`. */
  readonly key: string;
}

/**
 * Something that the files alone show to be wrong.
 * `error`: the stack cannot work as written (exit 1 in `check`); `warning`: it works, but not as somebody expects.
 */
export interface Finding {
  /** Stable id, `COMPOSE-…`, `CONFIG-…`, `REF-…`. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly at?: Position;
  readonly service?: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
}

/**
 * Input that Telltale itself cannot use (exit 2): broken YAML in the compose file, an undefined required variable,
 * a missing directory, a wrong word on the command line.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly at: Position | undefined;
  readonly remedy: string;
  constructor(message: string, options: { at?: Position; remedy: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.at = options.at;
    this.remedy = options.remedy;
  }
}

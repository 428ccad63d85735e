/** A place in a file, as messages write it. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

// No white space, quotes or brackets in a path, and a letter in it: `10:30` is a time, `127.0.0.1:3100` an address.
const POSITION =
  /(?<![\w./:-])((?:[\w.@+-]*\/)*[\w@+-]*[A-Za-z_][\w@+-]*(?:\.[\w@+-]+)*\.[A-Za-z][\w-]*|Dockerfile|Caddyfile):(\d+)(?::(\d+))?(?![\w/])/;

/** The first `file:line[:column]` in a text; undefined where there is none. */
export function positionIn(text: string): Position | undefined {
  const [, file, line, column] = POSITION.exec(text) ?? [];
  if (file === undefined || line === undefined || Number(line) < 1) return undefined;
  return {
    file,
    line: Number(line),
    ...(column === undefined || Number(column) < 1 ? {} : { column: Number(column) }),
  };
}

/**
 * The shapes of log lines, one per way in which LogQL takes a line apart. Each is a pure function of its fields, so a
 * test can compute the line it expects.
 */

export type Field = string | number | boolean;

/** One JSON object, keys in the order given. */
export function jsonLine(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(fields);
}

/** `key=value` pairs; values with blanks, quotes or `=` are quoted as Go's logfmt does. */
export function logfmtLine(fields: Readonly<Record<string, Field>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${logfmtValue(value)}`)
    .join(' ');
}

function logfmtValue(value: Field): string {
  const text = String(value);
  return text === '' || /[\s"=\\]/.test(text) ? JSON.stringify(text) : text;
}

export interface Access {
  readonly ip: string;
  readonly user: string;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly run: string;
}

/** A web server's access line, for `pattern` and `regexp`; the run stands where the user agent would. */
export function accessLine(access: Access): string {
  const at = new Date(access.atMs).toISOString().replace('Z', '+0000');
  return `${access.ip} - ${access.user} [${at}] "${access.method} ${access.path} HTTP/1.1" ${access.status} ${access.bytes} "-" "shop/${access.run}"`;
}

/** A JSON object with `_entry`, as Promtail's `pack` stage writes it; for `unpack`. */
export function packedLine(labels: Readonly<Record<string, string>>, entry: string): string {
  return JSON.stringify({ ...labels, _entry: entry });
}

/** Text in ANSI colours, for `decolorize`. */
export function colouredLine(level: string, text: string): string {
  const colour = level === 'ERROR' ? 31 : 32;
  return `\u001b[${colour}m${level}\u001b[0m ${text}`;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const DURATION_PART = /([0-9]*\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h|d|w)/gy;
const MULTIPLES: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/**
 * `1m30s`, `500ms`, `1.5h`, `1d` in milliseconds; undefined where it is none.
 * @see https://docs.docker.com/reference/compose-file/extension/#specifying-durations
 */
export function parseDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  let total = 0;
  let offset = 0;
  DURATION_PART.lastIndex = 0;
  for (let part = DURATION_PART.exec(unsigned); part !== null; part = DURATION_PART.exec(unsigned)) {
    const [whole, digits = '', unit = ''] = part;
    if (!/[0-9]/.test(digits)) return undefined;
    total += Number(digits) * (UNIT_MS[unit] ?? Number.NaN);
    offset += whole.length;
    DURATION_PART.lastIndex = offset;
  }
  if (offset === 0 || offset !== unsigned.length) return undefined;
  return text.startsWith('-') ? -total : total;
}

/**
 * `512m`, `1gb`, `1.5GiB`, `2048` in bytes, multiples of 1024; undefined where it is none.
 * @see https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values
 */
export function parseBytes(text: string | number): number | undefined {
  const match = /^([0-9]*\.?[0-9]*) ?(?:([kmgtp])(?:b|ib)?|b)?$/i.exec(String(text));
  if (match === null || !/[0-9]/.test(match[1] ?? '')) return undefined;
  const power = match[2] === undefined ? 0 : (MULTIPLES[match[2].toLowerCase()] ?? 0);
  return Math.trunc(Number(match[1]) * 1024 ** power);
}

/** What compose takes for a boolean where it expects one; undefined where it is none. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (['true', 'y', 'yes', 'on'].includes(lower)) return true;
  return ['false', 'n', 'no', 'off'].includes(lower) ? false : undefined;
}

/** A number as Go prints it: the text that a variable of the container gets for an unquoted number. */
export function formatNumber(value: number, raw: string): string {
  if (/^-?[1-9][0-9]*$/.test(raw)) return raw;
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
  return String(value);
}

const POWERS = 'KMGTPE';

/**
 * A size of `alecthomas/units` Base2Bytes, where `KB` and `KiB` are both 1024: Prometheus' retention size, dskit's
 * `flagext.Bytes` (Tempo, Pyroscope), Alloy. A unit is needed except for `0`; decimals are allowed; case matters.
 *
 * @returns Bytes, or undefined where the engine would refuse the text.
 * @see https://pkg.go.dev/github.com/alecthomas/units#ParseBase2Bytes
 */
export function parseBase2Bytes(text: string): number | undefined {
  if (text === '0') return 0;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(B|[KMGTPE]i?B)$/.exec(text);
  if (match === null) return undefined;
  const [, number, unit = 'B'] = match;
  return Math.trunc(Number(number) * 1024 ** (POWERS.indexOf(unit.charAt(0)) + 1));
}

/**
 * A size of Loki's `flagext.ByteSize` (`c2h5oh/datasize` after upper-casing): whole numbers, `B`, `K`/`KB` … `E`/`EB`
 * in powers of 1024, none for bytes. `KiB` does not exist.
 *
 * @returns Bytes, or undefined where Loki would refuse the text.
 * @see https://grafana.com/docs/loki/latest/configure/ (`<size>`-like limits such as `max_line_size`)
 */
export function parseDatasize(text: string): number | undefined {
  const match = /^(\d+)\s*([KMGTPE]?)B?$/.exec(text.toUpperCase().trim());
  if (match === null) return undefined;
  const [, number, unit = ''] = match;
  return Number(number) * 1024 ** (unit === '' ? 0 : POWERS.indexOf(unit) + 1);
}

/**
 * A size of `dustin/go-humanize`: `MB` is 10⁶ and `MiB` 2²⁰, decimals, commas and spaces allowed, case ignored.
 *
 * @returns Bytes, or undefined where the engine would refuse the text.
 * @see https://pkg.go.dev/github.com/dustin/go-humanize#ParseBytes
 */
export function parseHumanizeBytes(text: string): number | undefined {
  const match = /^([\d.,]+)\s*([kmgtpe]?)(i?)b?$/.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, number = '', unit = '', binary = ''] = match;
  const value = Number(number.replaceAll(',', ''));
  if (Number.isNaN(value) || (unit === '' && binary !== '')) return undefined;
  const power = unit === '' ? 0 : POWERS.indexOf(unit.toUpperCase()) + 1;
  return Math.trunc(value * (binary === '' ? 1000 : 1024) ** power);
}

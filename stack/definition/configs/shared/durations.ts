const MILLISECONDS: Readonly<Record<string, number>> = {
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
  y: 31_536_000_000,
};

/** The range of Go's `time.Duration` (int64 nanoseconds), about 292 years. */
const LONGEST = 9_223_372_036_854.775;

/**
 * A duration of Prometheus' `model.Duration`: whole numbers with `y w d h m s ms`, in this order, each at most once
 * (`1d12h`), or a bare `0`. Loki's limits are of this type too.
 *
 * @returns Milliseconds, or undefined where Prometheus would refuse the text.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/ (`<duration>`)
 */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/.exec(text);
  if (match === null || text === '') return undefined;
  const total = match.slice(1).reduce((sum, part) => sum + (part === undefined ? 0 : unitValue(part)), 0);
  return total > LONGEST ? undefined : total;
}

/**
 * A duration of Go's `time.ParseDuration`: signed, decimal, units `ns us ms s m h` in any order (`1h30m`, `-1.5s`),
 * or a bare `0`. Days and weeks do not exist.
 *
 * @returns Milliseconds, or undefined where Go would refuse the text.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): number | undefined {
  const [, sign, body] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (body === undefined || body === '') return undefined;
  if (body === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return undefined;
  const parts = body.match(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g) ?? [];
  const total = parts.reduce((sum, part) => sum + unitValue(part), 0);
  if (total > LONGEST) return undefined;
  return sign === '-' ? -total : total;
}

function unitValue(part: string): number {
  const [, number, unit] = /^([\d.]+)(\D+)$/.exec(part) ?? [];
  return Number(number) * (MILLISECONDS[unit ?? ''] ?? Number.NaN);
}

/** `1209600000` as `14d`, the shortest text in Prometheus' notation that is exact to the millisecond. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`;
  let rest = Math.round(milliseconds);
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const size = MILLISECONDS[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}

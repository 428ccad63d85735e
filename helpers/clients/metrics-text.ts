/**
 * The Prometheus text exposition format, https://prometheus.io/docs/instrumenting/exposition_formats/, with the few
 * additions of OpenMetrics that engines expose (exemplars, `# UNIT`, `# EOF`), which are read over.
 */
export interface MetricFamily {
  readonly name: string;
  /** `counter`, `gauge`, `histogram`, `summary`, `untyped`, `unknown`, … */
  readonly type: string;
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

export interface MetricSample {
  /** With the suffix of its kind: `_bucket`, `_sum`, `_count`, `_total`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A line of an exposition that cannot be read. */
export class MetricsTextError extends Error {
  override readonly name = 'MetricsTextError';
  constructor(line: number, content: string, why: string) {
    super(`line ${line} of the metrics text cannot be read, ${why}: ${content.slice(0, 200)}`);
  }
}

interface OpenFamily {
  readonly name: string;
  type: string;
  help: string;
  readonly samples: MetricSample[];
}

/** @throws MetricsTextError naming the line. */
export function parseMetricsText(body: string): readonly MetricFamily[] {
  const families = new Map<string, OpenFamily>();
  const family = (name: string): OpenFamily => {
    let open = families.get(name);
    if (open === undefined) {
      open = { name, type: 'untyped', help: '', samples: [] };
      families.set(name, open);
    }
    return open;
  };
  for (const [index, raw] of body.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    if (line.startsWith('#')) {
      const [, keyword, name, rest] = /^#\s+(HELP|TYPE)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
      if (name === undefined) continue;
      if (keyword === 'TYPE') family(name).type = rest ?? 'untyped';
      else family(name).help = unescaped(rest ?? '');
      continue;
    }
    const sample = parseSample(line, index + 1);
    family(familyName(sample.name, families)).samples.push(sample);
  }
  return [...families.values()];
}

/** All samples with this name whose labels include those given. */
export function samplesOf(
  families: readonly MetricFamily[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly MetricSample[] {
  return families
    .flatMap(({ samples }) => samples)
    .filter((sample) => sample.name === name && Object.entries(labels).every(([k, v]) => sample.labels[k] === v));
}

/** The sum of `samplesOf`; undefined where there are none. */
export function sumOf(
  families: readonly MetricFamily[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const samples = samplesOf(families, name, labels);
  return samples.length === 0 ? undefined : samples.reduce((sum, { value }) => sum + value, 0);
}

function familyName(sample: string, families: ReadonlyMap<string, OpenFamily>): string {
  if (families.has(sample)) return sample;
  const base = sample.replace(/_(bucket|sum|count|total|created|info)$/, '');
  return families.has(base) ? base : sample;
}

const NAME = /[A-Za-z_:][\w:.]*/y;
const LABEL = /\s*(?:([A-Za-z_][\w.]*)|"((?:[^"\\]|\\.)*)")\s*(?:=\s*"((?:[^"\\]|\\.)*)")?\s*,?/y;

function parseSample(line: string, number: number): MetricSample {
  NAME.lastIndex = 0;
  let name = NAME.exec(line)?.[0] ?? '';
  let at = name.length;
  const labels: [string, string][] = [];
  if (line[at] === '{' || line.startsWith(' {', at)) {
    at = line.indexOf('{', at) + 1;
    for (;;) {
      while (line[at] === ' ') at++;
      if (line[at] === '}') break;
      LABEL.lastIndex = at;
      const match = LABEL.exec(line);
      if (match === null) throw new MetricsTextError(number, line, `a label was expected at column ${at + 1}`);
      const [all, bare, quoted, value] = match;
      const label = bare ?? unescaped(quoted ?? '');
      // A quoted name without a value is the metric's own name: the UTF-8 form of Prometheus 3.
      if (value === undefined) name = label;
      else labels.push([label, unescaped(value)]);
      at += all.length;
    }
    at++;
  }
  const [value] = line.slice(at).trim().split(/\s+/);
  if (name === '') throw new MetricsTextError(number, line, 'it has no metric name');
  return { name, labels: Object.fromEntries(labels), value: parseValue(value ?? '', number, line) };
}

function parseValue(text: string, number: number, line: string): number {
  if (/^[+-]?inf(inity)?$/i.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) throw new MetricsTextError(number, line, `"${text}" is not a value`);
  return value;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char)) : text;
}
